package io.reftrail.benchmarks;

import io.reftrail.delivery.DeliveryListener;
import io.reftrail.delivery.DeliverySettings;
import io.reftrail.delivery.Dispatcher;
import io.reftrail.delivery.HttpClientTransport;
import io.reftrail.delivery.SendObserver;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.outbox.Outbox;
import java.net.URI;
import java.util.List;

/** The dispatcher as an application has it, on an outbox, towards a stub. */
public final class Deliveries implements AutoCloseable {

    private final HttpClientTransport transport;
    private final Dispatcher dispatcher;

    /**
     * Begins to deliver.
     *
     * @param whenSettled called for each event that has got its final answer
     */
    public Deliveries(Outbox outbox, URI backend, DeliverySettings settings, Runnable whenSettled) {
        this.transport = new HttpClientTransport(settings, 1);
        DeliveryListener counter = new DeliveryListener() {
            @Override
            public void onSettled(Event event, Outcome outcome) {
                whenSettled.run();
            }
        };
        this.dispatcher = new Dispatcher(
                List.of(new StubBackend(backend)), outbox, transport, settings, counter, SendObserver.NONE);
        dispatcher.start();
    }

    @Override
    public void close() {
        dispatcher.close();
        transport.close();
    }
}
