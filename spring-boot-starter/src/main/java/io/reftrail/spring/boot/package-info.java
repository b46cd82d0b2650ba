/** Auto-configuration for Spring Boot. */
@NullMarked
package io.reftrail.spring.boot;

import org.jspecify.annotations.NullMarked;
