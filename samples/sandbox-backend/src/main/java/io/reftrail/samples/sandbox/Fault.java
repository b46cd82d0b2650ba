package io.reftrail.samples.sandbox;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

    /** A fault as it is ordered: all but the kind has a default. */
    record Order(
            @Nullable String vendor,
            @Nullable Kind kind,
            @Nullable Integer status,
            @Nullable String retryAfter,
            @Nullable Integer count,
            @Nullable Integer seconds) {

        /** Empty if it could never happen, which would make a test pass for nothing. */
        Optional<Fault> fault(List<String> vendors) {
            int code = requireNonNullElse(status, 500);
            int calls = requireNonNullElse(count, 1);
            int time = requireNonNullElse(seconds, 30);
            boolean happens = (vendor == null || vendors.contains(vendor)) && calls > 0 && time > 0;
            return kind == null || !happens || code < 200 || code > 599
                    ? Optional.empty()
                    : Optional.of(new Fault(vendor, kind, code, retryAfter, calls, time));
        }
    }
}
