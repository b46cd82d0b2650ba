package io.reftrail.spring.boot;

import io.reftrail.backend.HttpCall;
import io.reftrail.backend.HttpReply;
import io.reftrail.delivery.HttpTransport;
import java.io.IOException;

/** A network that is away. */
final class UnreachableTransport implements HttpTransport {

    @Override
    public HttpReply send(HttpCall call) throws IOException {
        throw new IOException("unreachable");
    }

    @Override
    public void close() {}
}
