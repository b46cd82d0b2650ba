/** A load generator in a process of its own: closed loops over connections that are kept alive. */
@NullMarked
package io.reftrail.benchmarks.load;

import org.jspecify.annotations.NullMarked;
