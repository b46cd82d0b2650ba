package io.reftrail.testing;

import io.reftrail.backend.HttpCall;
import io.reftrail.backend.HttpReply;
import io.reftrail.delivery.HttpTransport;
import java.io.IOException;

/** A network that is away. */
public final class UnreachableTransport implements HttpTransport {

    @Override
    public HttpReply send(HttpCall call) throws IOException {
        throw new IOException("unreachable");
    }

    @Override
    public void close() {}
}
