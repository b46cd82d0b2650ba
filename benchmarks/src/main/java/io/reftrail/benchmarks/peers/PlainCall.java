package io.reftrail.benchmarks.peers;

import io.reftrail.benchmarks.PlainClient;
import io.reftrail.benchmarks.StubBackend;
import java.io.IOException;
import java.net.URI;

/** What vendors' samples do: the application calls and waits for the answer. */
final class PlainCall implements Peer {

    private final PlainClient client;

    PlainCall(URI server) {
        this.client = new PlainClient(server.resolve("/api/track/lead"), 8);
    }

    @Override
    public void report(String customer) {
        try {
            client.send(StubBackend.body(customer));
        } catch (IOException away) {
            // The sign-in goes on, and nobody knows any more that somebody is owed something.
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
