package io.reftrail.delivery;

import io.reftrail.backend.HttpCall;
import io.reftrail.backend.HttpReply;
import java.io.IOException;

/** The transport that sends calls to backends. Thread-safe. */
public interface HttpTransport extends AutoCloseable {

    /**
     * Sends a call once: retries nothing and follows no redirect.
     *
     * @throws java.net.ConnectException if the call was never sent
     * @throws IOException if no complete reply arrives in time; the backend may have received the call
     */
    HttpReply send(HttpCall call) throws IOException;

    /** Closes the connections. Calls in flight fail. */
    @Override
    void close();
}
