package io.reftrail.model;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the click that brought a visitor: which backend it belongs to, its click id, and when it was clicked.
 * Where the link carries a partner code that the backend has yet to exchange for a click id, the attribution is
 * {@linkplain #isPending() pending} until that has happened.
 *
 * @param backend the {@linkplain io.reftrail.model name} of the tracking backend, for example {@code introw}
 * @param clickId the backend's click id, decoded, never blank; {@code null} while the first one is being exchanged. While a
 *     newer click is being exchanged, the id of the click before it
 * @param clickedAt when the click was captured, or {@code null} where another writer (the vendor's page script) set
 *     the cookie
 * @param clickKey our own key of a click that is reported to the backend, or {@code null} if none is
 * @param details what else the backend has said and will want to be told again, by names of its own choice; nothing
 *     personal, because it is kept with the customer's ledger entry
 */
public record Attribution(
        String backend,
        @Nullable String clickId,
        @Nullable Instant clickedAt,
        @Nullable String clickKey,
        Map<String, String> details) {

    /** The detail that says how long the backend lets the click count: an ISO-8601 duration. */
    public static final String WINDOW = "window";

    /** The detail that says from which cookie the click id was read, if not from the backend's usual one. */
    public static final String COOKIE = "cookie";

    /** The detail that says the partner's code, where the link carried one. */
    public static final String CODE = "code";

    /** @throws IllegalArgumentException if the click id is blank, or there is neither a click id nor a click key */
    public Attribution {
        Objects.requireNonNull(backend, "backend");
        details = Map.copyOf(details);
        if (clickId == null ? clickKey == null : clickId.isBlank()) {
            throw new IllegalArgumentException("clickId is blank");
        }
    }

    /**
     * Returns the attribution to a click whose id is known.
     *
     * @throws IllegalArgumentException if the click id is blank
     */
    public Attribution(String backend, String clickId, @Nullable Instant clickedAt) {
        this(backend, clickId, clickedAt, null, Map.of());
    }

    /** Whether the backend has yet to say the click id. */
    public boolean isPending() {
        return clickId == null;
    }

    /**
     * Returns the click id.
     *
     * @throws IllegalStateException if it is not known yet
     */
    public String requireClickId() {
        if (clickId == null) {
            throw new IllegalStateException("the click has not been exchanged yet");
        }
        return clickId;
    }

    /** Whether both are attributions to one click, of which one may know more than the other. */
    public boolean isToSameClick(Attribution other) {
        boolean sameId = clickId != null && clickId.equals(other.clickId);
        boolean sameKey = clickKey != null && clickKey.equals(other.clickKey);
        return backend.equals(other.backend) && (sameId || sameKey);
    }

    /** Returns this attribution with the click id that the backend has given it. */
    public Attribution withClickId(String clickId) {
        return new Attribution(backend, clickId, clickedAt, clickKey, details);
    }

    /** Returns this attribution with one more detail, or with another value of it. */
    public Attribution with(String detail, String value) {
        Map<String, String> more = new TreeMap<>(details);
        more.put(detail, value);
        return new Attribution(backend, clickId, clickedAt, clickKey, more);
    }

    /** Returns a detail, or {@code null} if the backend has not said it. */
    public @Nullable String detail(String name) {
        return details.get(name);
    }

    /** Returns how long the backend lets the click count, which is positive, or {@code otherwise} if it has not said so. */
    public Duration window(Duration otherwise) {
        String said = details.get(WINDOW);
        try {
            Duration window = said == null ? Duration.ZERO : Duration.parse(said);
            return window.isZero() || window.isNegative() ? otherwise : window;
        } catch (DateTimeException broken) {
            return otherwise;
        }
    }

    /** Leaves ids and details out: they identify a visitor. */
    @Override
    public String toString() {
        return "Attribution[backend=" + backend + ", clickedAt=" + clickedAt + "]";
    }
}
