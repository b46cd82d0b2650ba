/** The work of operators and of erasure on an outbox with a million rows, and the sign-ups meanwhile. */
package io.reftrail.benchmarks.growth;
