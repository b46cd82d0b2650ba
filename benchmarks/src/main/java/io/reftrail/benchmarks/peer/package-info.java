/** The library that Reftrail's outbox is measured against, set up as its documentation advises. */
@NullMarked
package io.reftrail.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
