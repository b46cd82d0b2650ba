package io.reftrail.benchmarks.drain;

import java.util.List;

/** A way to send leads. */
interface Contender {

    /** What it is called in the table. */
    String name();

    /** Lets the leads of these customers wait. */
    void fill(List<String> customers) throws Exception;

    /** Sends all that wait, and returns how long that took in nanoseconds. */
    long drain() throws Exception;
}
