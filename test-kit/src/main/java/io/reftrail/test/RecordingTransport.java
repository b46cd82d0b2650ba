package io.reftrail.test;

import io.reftrail.backend.HttpCall;
import io.reftrail.backend.HttpReply;
import io.reftrail.delivery.HttpTransport;
import io.reftrail.delivery.SendObserver;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.test.Report.Attempt;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A transport that answers in place of the vendors and logs each call. As an observer of sends it knows the event of each
 * call on its thread. Thread-safe.
 */
final class RecordingTransport implements HttpTransport, SendObserver {

    private final EventLog log;
    private final Vendors vendors;

    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<Exchange> current = new ThreadLocal<>();

    RecordingTransport(EventLog log, Vendors vendors) {
        this.log = log;
        this.vendors = vendors;
    }

    private static final class Exchange {

        private final Event event;
        private @Nullable HttpCall call;
        private @Nullable HttpReply reply;

        Exchange(Event event) {
            this.event = event;
        }
    }

    @Override
    public Outcome observe(Event event, Supplier<Outcome> send) {
        Exchange exchange = new Exchange(event);
        current.set(exchange);
        try {
            Outcome outcome = send.get();
            if (exchange.call != null) {
                Event told = outcome.attribution() == null ? event : event.withAttribution(outcome.attribution());
                log.attempted(told, new Attempt(exchange.call, exchange.reply, outcome));
            }
            return outcome;
        } finally {
            current.remove();
        }
    }

    @Override
    public HttpReply send(HttpCall call) throws IOException {
        Exchange exchange = current.get();
        if (exchange == null) {
            throw new IOException("a send that the recorder does not observe");
        }
        exchange.call = call;
        HttpReply reply = vendors.named(exchange.event.backend()).reply(exchange.event);
        exchange.reply = reply;
        return reply;
    }

    @Override
    public void close() {}

    /** The vendors of a test, by the name of their backend. Thread-safe. */
    static final class Vendors {

        private final Map<String, Vendor> vendors = new ConcurrentHashMap<>();
        private final Consumer<String> resume;

        /** @param resume ends the pause of a backend's queue */
        Vendors(Consumer<String> resume) {
            this.resume = resume;
        }

        Vendor named(String backend) {
            return vendors.computeIfAbsent(backend, name -> new Vendor(name, () -> resume.accept(name)));
        }

        /** Restores the default answers of all vendors. */
        void reset() {
            vendors.clear();
        }
    }
}
