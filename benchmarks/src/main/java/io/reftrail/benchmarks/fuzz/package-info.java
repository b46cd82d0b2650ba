/** Looks for inputs that nobody has thought of. */
@NullMarked
package io.reftrail.benchmarks.fuzz;

import org.jspecify.annotations.NullMarked;
