/** What a long outage of the backend costs: a million leads that wait. */
@NullMarked
package io.reftrail.benchmarks.backlog;

import org.jspecify.annotations.NullMarked;
