package io.reftrail.backend;

import io.reftrail.model.Attribution;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;

/** What the contract tests of every backend share: the backend, its table, and events to report. */
public abstract class TrackingBackendContract {

    /** A key that must show nowhere but in the headers of a call. */
    public static final String SECRET = "secret_key_0f9e8d7c";

    static final String BASE_URL = "https://api.example.com";

    TrackingBackend backend;
    KitEvents events;
    List<OutcomeRow> table;

    /** Returns the backend, with its API at this address and with {@link #SECRET} in place of its key. */
    protected abstract TrackingBackend backend(String baseUrl);

    /** The backend's outcome table: every row of the vendor's documentation. */
    protected abstract List<OutcomeRow> outcomes();

    /** Returns the rows that a page about the backend shows; by default all. */
    protected List<OutcomeRow> documented() {
        return outcomes();
    }

    /**
     * Returns the attribution of a customer whose lead and sale have been reported, where the backend keeps
     * {@linkplain Attribution#with details} in it; by default there are none.
     */
    protected Attribution completed(Attribution attribution) {
        return attribution;
    }

    /** Returns the event that a row is about; by default the typical one of its kind. */
    protected Event event(OutcomeRow row, Event typical) {
        return typical;
    }

    /**
     * Whether events of this kind are sent as the backend is configured; by default whatever it reports is. The others have
     * no rows, and {@link TrackingBackend#outcomeWithoutCall} settles them.
     */
    protected boolean isSent(Event.Type type) {
        return true;
    }

    /**
     * Whether the vendor can tell two events of a kind from each other by this; by default it can.
     *
     * @param what for example {@code amount} or {@code extent}, where a refund of all differs from one of as much
     */
    protected boolean isToldApart(Event.Type type, String what) {
        return true;
    }

    @BeforeEach
    final void openBackend() {
        backend = backend(BASE_URL);
        events = new KitEvents(backend, this::isSent, this::completed);
        table = outcomes();
    }

    final List<OutcomeRow> rows(Event.Type type) {
        return table.stream().filter(row -> row.type() == type).toList();
    }

    /** Some vendors' answers say nothing: whatever comes with a 2xx is a yes, and a row of HTML in their table says so. */
    final boolean ignoresBodies(Event.Type type) {
        return rows(type).stream()
                .anyMatch(row -> row.status() / 100 == 2
                        && row.body().equals("HTML")
                        && row.verdict().isFinal());
    }

    /** Returns what a reply means; fails, with the reply, where that cannot be said. */
    final Outcome outcome(Event event, HttpReply reply) {
        try {
            return Objects.requireNonNull(backend.outcome(event, reply));
        } catch (RuntimeException | StackOverflowError failure) {
            throw new AssertionError(describe(event, reply) + " has no outcome", failure);
        }
    }

    static String describe(Event event, HttpReply reply) {
        String body = reply.body().length() > 80 ? reply.body().substring(0, 80) + "..." : reply.body();
        return name(event) + ", " + reply + ", Retry-After '" + reply.retryAfter() + "', body '" + body + "'";
    }

    static String name(Event event) {
        return event.type().name().toLowerCase(Locale.ROOT);
    }
}
