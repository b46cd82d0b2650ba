package io.reftrail.benchmarks.enqueue;

import java.sql.SQLException;

/** What else is written in the transaction of a sign-up. */
@FunctionalInterface
interface Companion {

    /** Nothing: the sign-up alone, which the others are measured against. */
    Companion NONE = customer -> {};

    /** Writes to the transaction of the current thread. */
    void accompany(String customer) throws SQLException;
}
