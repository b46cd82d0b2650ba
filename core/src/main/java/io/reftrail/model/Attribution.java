package io.reftrail.model;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The click that a visitor or customer is attributed to: its backend, its click id, and its time. While the backend has not yet
 * exchanged a partner's code for a click id, the attribution is {@linkplain #awaitsClickId() pending}.
 *
 * @param backend the {@linkplain io.reftrail.model name} of the tracking backend, for example {@code introw}
 * @param clickId the backend's click id, decoded, never blank; {@code null} during the first exchange. During the exchange of a
 *     newer click, the id of the earlier click
 * @param clickedAt the time of the click, or {@code null} if the vendor's page script wrote the cookie
 * @param clickKey Reftrail's own key of a click that is reported to the backend, or {@code null} if the click is not reported
 * @param details further data from the backend's answers for later events, under names that the backend chooses; nothing
 *     personal, because it stays in the ledger
 */
public record Attribution(
        String backend,
        @Nullable String clickId,
        @Nullable Instant clickedAt,
        @Nullable String clickKey,
        Map<String, String> details)
        implements Serializable {

    /** The detail with the attribution window, an ISO-8601 duration. */
    public static final String WINDOW = "window";

    /** The detail with the cookie that the click id was read from, if that is not the backend's usual one. */
    public static final String COOKIE = "cookie";

    /** The detail with the partner's code, if the link carried one. */
    public static final String CODE = "code";

    /** The detail of a code that was given without a click, in a form or at a checkout. */
    public static final String GIVEN = "given";

    /** @throws IllegalArgumentException if the click id is blank, or there is neither a click id nor a click key */
    public Attribution {
        Objects.requireNonNull(backend, "backend");
        details = Map.copyOf(details);
        if (clickId == null ? clickKey == null : clickId.isBlank()) {
            throw new IllegalArgumentException("clickId is blank");
        }
    }

    /**
     * Creates the attribution to a click whose id is known.
     *
     * @throws IllegalArgumentException if the click id is blank
     */
    public Attribution(String backend, String clickId, @Nullable Instant clickedAt) {
        this(backend, clickId, clickedAt, null, Map.of());
    }

    /**
     * Creates the attribution to a partner's code that was given without a click, in a form or at a checkout. A backend that
     * exchanges codes for click ids does so in the background.
     *
     * @param backend the name of a backend whose links carry partners' codes
     * @param code the partner's code as the vendor has it
     * @throws IllegalArgumentException if the code is blank
     */
    public static Attribution ofCode(String backend, String code) {
        if (code.isBlank()) {
            throw new IllegalArgumentException("code is blank");
        }
        return new Attribution(backend, null, null, UUID.randomUUID().toString(), Map.of(CODE, code, GIVEN, "true"));
    }

    /**
     * Returns whether the backend has yet to answer with the click id. The method is not named like a bean property, so that a
     * JSON mapper does not take it for a component of the record.
     */
    public boolean awaitsClickId() {
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

    /** Returns whether both are attributions to the same click; one of them may have more data. */
    public boolean isToSameClick(Attribution other) {
        boolean sameId = clickId != null && clickId.equals(other.clickId);
        boolean sameKey = clickKey != null && clickKey.equals(other.clickKey);
        return backend.equals(other.backend) && (sameId || sameKey);
    }

    /** Returns this attribution with the backend's click id. */
    public Attribution withClickId(String clickId) {
        return new Attribution(backend, clickId, clickedAt, clickKey, details);
    }

    /** Returns this attribution with a detail added or replaced. */
    public Attribution with(String detail, String value) {
        Map<String, String> more = new TreeMap<>(details);
        more.put(detail, value);
        return new Attribution(backend, clickId, clickedAt, clickKey, more);
    }

    /** Returns a detail, or {@code null} if there is none. */
    public @Nullable String detail(String name) {
        return details.get(name);
    }

    /** Returns the attribution window from the backend's answer, or {@code otherwise} if there is no positive one. */
    public Duration window(Duration otherwise) {
        String said = details.get(WINDOW);
        try {
            Duration window = said == null ? Duration.ZERO : Duration.parse(said);
            return window.isZero() || window.isNegative() ? otherwise : window;
        } catch (DateTimeException broken) {
            return otherwise;
        }
    }

    /** Returns a description without ids and details, which identify a visitor. */
    @Override
    public String toString() {
        return "Attribution[backend=" + backend + ", clickedAt=" + clickedAt + "]";
    }
}
