/** How fast waiting leads reach their backend. */
@NullMarked
package io.reftrail.benchmarks.drain;

import org.jspecify.annotations.NullMarked;
