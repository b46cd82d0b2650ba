/** The two commands of the README: {@code ./demo} and {@code ./demo --check}. */
@NullMarked
package io.reftrail.samples.demo;

import org.jspecify.annotations.NullMarked;
