package io.reftrail.samples.sandbox.stripe;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The account's events, and their way to the application: signed like Stripe's, one after the other, and again after a
 * growing time until the application answers 2xx. Each attempt has a signature of its own. Thread-safe.
 */
@Component
final class Webhooks {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);

    private final StripeSettings settings;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "stripe-webhooks");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Sent> sent = new LinkedHashMap<>();
    private final List<ObjectNode> held = new ArrayList<>();
    private Mode mode = Mode.ONCE;

    Webhooks(StripeSettings settings) {
        this.settings = settings;
        settings.webhookUrls().forEach(Webhooks::requireLoopback);
    }

    /** How the events of one action are delivered. Stripe promises neither an order nor a single delivery. */
    enum Mode {
        /** Each once, in the order in which they happened. */
        ONCE,
        /** Each twice. */
        TWICE,
        /** The last one first. */
        REVERSED,
        /** Not before another mode is chosen, which then also delivers what was held. */
        HELD;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * An event and what has become of it.
     *
     * @param attempts the deliveries so far
     * @param status the last answer of the application, {@code null} for none
     * @param delivered whether each of the application's addresses has answered 2xx
     */
    record Sent(
            String id,
            String type,
            Instant at,
            int attempts,
            @Nullable Integer status,
            boolean delivered,
            @JsonIgnore ObjectNode event) {

        private Sent attempted(@Nullable Integer answer, boolean accepted) {
            return new Sent(id, type, at, attempts + 1, answer, delivered || accepted, event);
        }
    }

    private static void requireLoopback(URI address) {
        try {
            if (!InetAddress.getByName(address.getHost()).isLoopbackAddress()) {
                throw new IllegalArgumentException("sandbox.stripe.webhook-urls: not on this machine: " + address);
            }
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException("sandbox.stripe.webhook-urls: no such host: " + address, unknown);
        }
    }

    /** Keeps the events of one action, and delivers them as the mode says. */
    synchronized void publish(List<ObjectNode> events) {
        for (ObjectNode event : events) {
            String id = event.get("id").asString();
            sent.put(id, new Sent(id, event.get("type").asString(), Instant.now(), 0, null, false, event));
        }
        if (mode == Mode.HELD) {
            held.addAll(events);
        } else {
            deliver(events);
        }
    }

    List<URI> addresses() {
        return settings.webhookUrls();
    }

    synchronized Mode mode() {
        return mode;
    }

    synchronized int waiting() {
        return held.size();
    }

    synchronized void mode(Mode next) {
        mode = next;
        if (next != Mode.HELD) {
            deliver(List.copyOf(held));
            held.clear();
        }
    }

    /** Returns the events that are held, and forgets them. */
    synchronized List<ObjectNode> take() {
        List<ObjectNode> taken = List.copyOf(held);
        held.clear();
        taken.forEach(event -> sent.remove(event.get("id").asString()));
        return taken;
    }

    private void deliver(List<ObjectNode> events) {
        List<ObjectNode> ordered = new ArrayList<>(events);
        if (mode == Mode.REVERSED) {
            Collections.reverse(ordered);
        }
        for (ObjectNode event : ordered) {
            send(event);
            if (mode == Mode.TWICE) {
                send(event);
            }
        }
    }

    private void send(ObjectNode event) {
        settings.webhookUrls().forEach(address -> schedule(event, address, 0));
    }

    private void schedule(ObjectNode event, URI address, int failures) {
        Duration wait = failures == 0 ? Duration.ZERO : backoff(failures);
        Future<?> unused =
                sender.schedule(() -> attempt(event, address, failures), wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Duration backoff(int failures) {
        Duration wait = settings.retry().multipliedBy(1L << Math.min(failures - 1, 16));
        return wait.compareTo(LONGEST_BACKOFF) < 0 ? wait : LONGEST_BACKOFF;
    }

    /** Sends an event again, as Stripe's dashboard and command line do. */
    synchronized void resend(String id) {
        Sent event = sent.get(id);
        if (event == null) {
            throw StripeProblem.missing("event", id);
        }
        send(event.event());
    }

    private void attempt(ObjectNode event, URI address, int failures) {
        String id = event.get("id").asString();
        if (find(id).isEmpty()) {
            return;
        }
        @Nullable Integer status = post(event, address);
        boolean accepted = status != null && status / 100 == 2;
        synchronized (this) {
            sent.computeIfPresent(id, (same, before) -> before.attempted(status, accepted));
        }
        if (!accepted && failures + 1 < settings.attempts()) {
            schedule(event, address, failures + 1);
        }
    }

    private @Nullable Integer post(ObjectNode event, URI address) {
        String payload = JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(event);
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)")
                .header(
                        "Stripe-Signature",
                        signature(payload, Instant.now().getEpochSecond(), settings.webhookSecret()))
                .POST(BodyPublishers.ofString(payload))
                .build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException away) {
            return null;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** Returns the header {@code Stripe-Signature} of a payload. */
    static String signature(String payload, long time, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            String hash = HexFormat.of().formatHex(mac.doFinal((time + "." + payload).getBytes(UTF_8)));
            return "t=" + time + ",v1=" + hash;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java runtime has HMAC-SHA-256", impossible);
        }
    }

    private synchronized Optional<Sent> find(String id) {
        return Optional.ofNullable(sent.get(id));
    }

    /** Returns all events, the newest first. */
    synchronized List<Sent> events() {
        List<Sent> all = new ArrayList<>(sent.values());
        Collections.reverse(all);
        return all;
    }

    /** Forgets all events, also those that wait for another attempt. */
    synchronized void clear() {
        sent.clear();
        held.clear();
        mode = Mode.ONCE;
    }

    @PreDestroy
    void stop() {
        sender.shutdownNow();
    }
}
