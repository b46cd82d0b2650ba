/**
 * What holds on each line of Spring Boot that the starter supports. Applications are started and used as they are by people;
 * the same classes run on the older lines below {@code compatibility/}, so nothing here may touch what moved between them.
 */
@NullMarked
package io.reftrail.spring.boot.line;

import org.jspecify.annotations.NullMarked;
