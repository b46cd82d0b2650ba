/** Embedded outboxes whose process is killed again and again. */
@NullMarked
package io.reftrail.benchmarks.kill;

import org.jspecify.annotations.NullMarked;
