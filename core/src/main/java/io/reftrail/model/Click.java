package io.reftrail.model;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A visitor has come by a partner's link, for backends that want to be told: those that exchange the partner's code for a
 * click id, and those that count landings.
 *
 * @param attribution has a {@linkplain Attribution#clickKey() click key}; its click id, if there is one, is that of the
 *     click before this one, or the partner's code where the code itself is what a backend attributes by
 * @param code the partner's code, decoded, never blank
 * @param landing the address that the visitor opened, or {@code null} if it is not known any more
 * @param referrer the page that the visitor came from, as the browser said it, or {@code null}
 * @param userAgent the visitor's {@code User-Agent}, or {@code null}
 * @param ipAddress the visitor's address, or {@code null} if it is not to be told
 * @param parameters the landing's query parameters that the {@linkplain io.reftrail.capture.CaptureRule#forwarded() rule}
 *     asks for, decoded
 * @param occurredAt when the visitor landed
 */
public record Click(
        Attribution attribution,
        String code,
        @Nullable String landing,
        @Nullable String referrer,
        @Nullable String userAgent,
        @Nullable String ipAddress,
        Map<String, String> parameters,
        Instant occurredAt)
        implements Event {

    /** @throws IllegalArgumentException if the code is blank or the attribution has no click key */
    public Click {
        parameters = Map.copyOf(parameters);
        if (code.isBlank() || attribution.clickKey() == null) {
            throw new IllegalArgumentException("a click has a partner's code and a key");
        }
    }

    /** Returns the {@linkplain Event#deduplicationKey() key} of the click that has this click key. */
    public static String deduplicationKey(String backend, String clickKey) {
        return String.join("\n", backend, "", "click", clickKey);
    }

    /** Returns this click with less of the landing's address. */
    public Click withLanding(String landing) {
        return new Click(attribution, code, landing, referrer, userAgent, ipAddress, parameters, occurredAt);
    }

    /** Returns this click without the visitor's address. */
    public Click withoutIpAddress() {
        return new Click(attribution, code, landing, referrer, userAgent, null, parameters, occurredAt);
    }

    /** Returns this click without the visitor's user agent. */
    public Click withoutUserAgent() {
        return new Click(attribution, code, landing, referrer, null, ipAddress, parameters, occurredAt);
    }

    @Override
    public Type type() {
        return Type.CLICK;
    }

    @Override
    public Click withAttribution(Attribution attribution) {
        return new Click(attribution, code, landing, referrer, userAgent, ipAddress, parameters, occurredAt);
    }

    /** Nobody has signed up yet. */
    @Override
    public @Nullable String customerId() {
        return null;
    }

    @Override
    public String deduplicationKey() {
        return deduplicationKey(backend(), String.valueOf(attribution.clickKey()));
    }

    @Override
    public @Nullable String follows() {
        return null;
    }

    /** Tells nothing of the visitor. */
    @Override
    public String toString() {
        return "Click[backend=" + backend() + ", occurredAt=" + occurredAt + "]";
    }
}
