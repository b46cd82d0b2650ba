/** How much later the sample shop is ready because of the starter. */
@NullMarked
package io.reftrail.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
