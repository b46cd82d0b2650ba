package io.reftrail.samples.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.model.Event;
import com.stripe.net.Webhook;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** An application's webhook on a free port: verifies and reads each delivery with Stripe's own library. */
final class StripeWebhookReceiver implements AutoCloseable {

    private final HttpServer server;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final String secret;

    StripeWebhookReceiver(String secret) {
        this.secret = secret;
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.createContext("/webhook", this::receive);
        server.start();
    }

    private void receive(HttpExchange exchange) throws IOException {
        String payload = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        boolean fail = failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        try {
            Event event =
                    Webhook.constructEvent(payload, exchange.getRequestHeaders().getFirst("Stripe-Signature"), secret);
            if (!fail) {
                events.add(event);
            }
        } catch (SignatureVerificationException | RuntimeException problem) {
            problems.add(problem + " in " + payload);
        }
        exchange.sendResponseHeaders(fail ? 500 : 200, -1);
        exchange.close();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/webhook";
    }

    /** Answers the next deliveries with 500. */
    void fail(int deliveries) {
        failures.set(deliveries);
    }

    void forget() {
        events.clear();
        problems.clear();
    }

    /** Waits until this many deliveries were accepted, and returns them in the order of their arrival. */
    List<Event> await(int count) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(() -> assertThat(events.size() + problems.size()).isGreaterThanOrEqualTo(count));
        assertThat(problems).isEmpty();
        return List.copyOf(events);
    }

    /** Waits until an event of a type was accepted, and returns all so far. */
    List<Event> awaitType(String type) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> !problems.isEmpty()
                        || events.stream().anyMatch(event -> event.getType().equals(type)));
        assertThat(problems).isEmpty();
        return List.copyOf(events);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
