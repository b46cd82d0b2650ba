/** The sample shop under mixed traffic for a long time. */
@NullMarked
package io.reftrail.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
