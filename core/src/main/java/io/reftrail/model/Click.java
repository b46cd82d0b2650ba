package io.reftrail.model;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A click on a partner link, for backends that receive clicks: those that exchange the partner's code for a click id, and those
 * that count landings.
 *
 * @param attribution the attribution, with a {@linkplain Attribution#clickKey() click key}; its click id, if any, is that of
 *     the earlier click, or the partner's code if the backend uses the code as the click id
 * @param code the partner's code, decoded, never blank
 * @param landing the address that the visitor opened, or {@code null} if it is no longer known
 * @param referrer the {@code Referer} of the landing, or {@code null}
 * @param userAgent the visitor's {@code User-Agent}, or {@code null}
 * @param ipAddress the visitor's IP address, or {@code null} if it is not reported
 * @param parameters the landing's query parameters that the {@linkplain io.reftrail.capture.CaptureRule#forwarded() rule} asks
 *     for, decoded
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
            throw new IllegalArgumentException("a click needs a partner's code and a key");
        }
    }

    /** Returns the {@linkplain Event#deduplicationKey() key} of the click that has this click key. */
    public static String deduplicationKey(String backend, String clickKey) {
        return String.join("\n", backend, "", "click", clickKey);
    }

    /** Returns this click with another, shorter address of the landing. */
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

    /** Returns {@code null}, because a click has no customer yet. */
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

    /** Returns a description without data of the visitor. */
    @Override
    public String toString() {
        return "Click[backend=" + backend() + ", occurredAt=" + occurredAt + "]";
    }
}
