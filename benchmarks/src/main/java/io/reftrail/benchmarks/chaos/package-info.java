/** Three nodes, one database, a backend in trouble, and at the end three ledgers that have to agree. */
@NullMarked
package io.reftrail.benchmarks.chaos;

import org.jspecify.annotations.NullMarked;
