/** What a lead costs the transaction of the sign-up that it is part of. */
@NullMarked
package io.reftrail.benchmarks.enqueue;

import org.jspecify.annotations.NullMarked;
