/** The program {@code benchmarks/run soak}: the sample shop under mixed traffic and faults for a long time. */
@NullMarked
package io.reftrail.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
