package io.reftrail.delivery;

import io.reftrail.backend.HttpCall;
import io.reftrail.backend.HttpReply;
import java.io.IOException;

/** Sends a call and brings the reply. Safe for use by many threads. */
public interface HttpTransport extends AutoCloseable {

    /**
     * Sends one call, once: no retry, no redirect.
     *
     * @throws IOException if no complete reply came in time; whether the backend saw the call is unknown then
     */
    HttpReply send(HttpCall call) throws IOException;

    /** Closes the connections; calls in flight fail. */
    @Override
    void close();
}
