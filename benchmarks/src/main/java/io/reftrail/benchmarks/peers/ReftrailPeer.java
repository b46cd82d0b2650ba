package io.reftrail.benchmarks.peers;

import io.reftrail.LeadReport;
import io.reftrail.Reftrail;
import io.reftrail.benchmarks.StubBackend;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.outbox.Outbox;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;

/** Reftrail as an application has it, by its facade and with its defaults. */
final class ReftrailPeer implements Peer {

    private final Reftrail reftrail;
    private final Closeable database;

    ReftrailPeer(URI server, Outbox outbox, Closeable database) {
        this.database = database;
        this.reftrail = Reftrail.builder()
                .backend(new StubBackend(server.resolve("/api/track/lead")))
                .outbox(outbox)
                .build();
        reftrail.operations().start();
    }

    /** An outbox that is too slow refuses: then the visitor keeps the cookie, and the next sign-in tries again. */
    @Override
    public void report(String customer) {
        Attribution click = new Attribution(StubBackend.NAME, "click-" + customer, Instant.now());
        Customer known =
                Customer.of(customer).withEmail(customer + "@example.org").withName("Kim Example");
        LeadReport report = reftrail.lead(click, known);
        while (!report.refused().isEmpty()) {
            report = reftrail.lead(click, known);
        }
    }

    @Override
    public void close() throws IOException {
        reftrail.close();
        database.close();
    }
}
