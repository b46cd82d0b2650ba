/** What a landing costs: capture, cookie, redirect. */
@NullMarked
package io.reftrail.benchmarks.landing;

import org.jspecify.annotations.NullMarked;
