/** The program {@code benchmarks/run peers}: the same event reported by Reftrail and by other libraries. */
@NullMarked
package io.reftrail.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
