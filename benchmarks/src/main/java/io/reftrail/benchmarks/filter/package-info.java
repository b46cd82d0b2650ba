/** What the filter costs requests that have nothing for it. */
@NullMarked
package io.reftrail.benchmarks.filter;

import org.jspecify.annotations.NullMarked;
