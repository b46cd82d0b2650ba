package io.reftrail.benchmarks.peers;

import java.io.IOException;

/** A way to report events. Thread-safe, but for closing. */
interface Peer extends AutoCloseable {

    /** What the application calls, and waits for. */
    void report(String customer) throws Exception;

    /** Sends what is there rather than later, where there is a call for that. */
    default void flush() {}

    /** The orderly shutdown that the documentation asks for. */
    @Override
    void close() throws IOException;
}
