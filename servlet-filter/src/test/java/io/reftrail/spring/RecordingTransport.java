package io.reftrail.spring;

import io.reftrail.backend.HttpCall;
import io.reftrail.backend.HttpReply;
import io.reftrail.delivery.HttpTransport;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands for a backend that records everything. */
final class RecordingTransport implements HttpTransport {

    private final List<HttpCall> calls = new CopyOnWriteArrayList<>();

    @Override
    public HttpReply send(HttpCall call) {
        calls.add(call);
        return new HttpReply(201, null, "{\"status\":\"recorded\"}", Instant.now());
    }

    public List<String> bodies() {
        return calls.stream().map(HttpCall::body).toList();
    }

    @Override
    public void close() {}
}
