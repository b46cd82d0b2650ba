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
 * @param endpoint what kind of calls, {@code null} for any
 * @param status what {@link Kind#STATUS} answers
 * @param retryAfter the header Retry-After as it shall be sent, well-formed or not
 * @param count how many calls are still to meet it
 * @param seconds how long {@link Kind#HANG} holds a call
 */
record Fault(
        @Nullable String vendor,
        @Nullable CallKind endpoint,
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

    boolean meets(String caller, CallKind what) {
        return (vendor == null || vendor.equals(caller)) && (endpoint == null || endpoint == what);
    }

    Fault once() {
        return new Fault(vendor, endpoint, kind, status, retryAfter, count - 1, seconds);
    }

    /** A fault as it is ordered: all but the kind has a default. */
    record Order(
            @Nullable String vendor,
            @Nullable CallKind endpoint,
            @Nullable Kind kind,
            @Nullable Integer status,
            @Nullable String retryAfter,
            @Nullable Integer count,
            @Nullable Integer seconds) {

        /** Empty if it could never happen, which would make a test pass for nothing. */
        Optional<Fault> fault(List<Dialect> dialects) {
            int code = requireNonNullElse(status, 500);
            int calls = requireNonNullElse(count, 1);
            int time = requireNonNullElse(seconds, 30);
            boolean happens = calls > 0 && time > 0 && dialects.stream().anyMatch(this::canMeet);
            return kind == null || !happens || code < 200 || code > 599
                    ? Optional.empty()
                    : Optional.of(new Fault(vendor, endpoint, kind, code, retryAfter, calls, time));
        }

        private boolean canMeet(Dialect dialect) {
            return (vendor == null || vendor.equals(dialect.name()))
                    && dialect.endpoints().stream().anyMatch(each -> endpoint == null || endpoint == each.kind());
        }
    }
}
