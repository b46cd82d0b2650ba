/** What all programs of {@code benchmarks/run} share: options, tables, processes, a database, a stub backend. */
@NullMarked
package io.reftrail.benchmarks;

import org.jspecify.annotations.NullMarked;
