package io.reftrail.capture;

import org.jspecify.annotations.Nullable;

/**
 * Who makes a request, as far as a click is reported with it.
 *
 * @param userAgent the {@code User-Agent} header, or {@code null}
 * @param ipAddress the address, or {@code null}
 */
public record Visitor(@Nullable String userAgent, @Nullable String ipAddress) {

    /** A visitor of whom nothing is known. */
    public static final Visitor UNKNOWN = new Visitor(null, null);

    /** Tells nothing. */
    @Override
    public String toString() {
        return "Visitor[]";
    }
}
