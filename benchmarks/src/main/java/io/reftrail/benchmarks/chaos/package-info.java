/** The program {@code benchmarks/run chaos}: three nodes, one database, faults, and ledgers that must agree. */
@NullMarked
package io.reftrail.benchmarks.chaos;

import org.jspecify.annotations.NullMarked;
