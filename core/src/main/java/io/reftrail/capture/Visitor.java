package io.reftrail.capture;

import org.jspecify.annotations.Nullable;

/**
 * The visitor that is reported with a click.
 *
 * @param userAgent the {@code User-Agent} header, or {@code null}
 * @param ipAddress the IP address, or {@code null}
 */
public record Visitor(@Nullable String userAgent, @Nullable String ipAddress) {

    /** A visitor without any details. */
    public static final Visitor UNKNOWN = new Visitor(null, null);

    /** Leaves everything out: the components are personal data. */
    @Override
    public String toString() {
        return "Visitor[]";
    }
}
