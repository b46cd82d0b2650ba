package io.reftrail.samples.sandbox;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Trouble that the next calls of a vendor shall meet.
 *
 * @param vendor whose calls, {@code null} for any
 * @param status what {@link Kind#STATUS} answers
 * @param retryAfter the header Retry-After as it shall be sent, well-formed or not
 * @param count how many calls are still to meet it
 * @param seconds how long {@link Kind#HANG} holds a call
 */
record Fault(
        @Nullable String vendor,
        Kind kind,
        int status,
        @Nullable String retryAfter,
        int count,
        int seconds) {

    /** What happens to a call. */
    enum Kind {
        STATUS,
        HANG,
        RESET,
        HTML;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    boolean meets(String caller) {
        return vendor == null || vendor.equals(caller);
    }

    Fault once() {
        return new Fault(vendor, kind, status, retryAfter, count - 1, seconds);
    }

    /** A fault as it is ordered: only the kind is needed. */
    record Order(
            @Nullable String vendor,
            Kind kind,
            @Nullable Integer status,
            @Nullable String retryAfter,
            @Nullable Integer count,
            @Nullable Integer seconds) {

        Fault fault() {
            return new Fault(
                    vendor,
                    kind,
                    status == null ? 500 : status,
                    retryAfter,
                    count == null ? 1 : count,
                    seconds == null ? 30 : seconds);
        }
    }
}
