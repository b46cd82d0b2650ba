package io.reftrail.capture;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Renders {@code Set-Cookie} lines (RFC 6265, section 4.1). Names and values must already be clean. */
final class CookieWriter {

    private final CookieSettings settings;

    CookieWriter(CookieSettings settings) {
        this.settings = settings;
    }

    void set(CookieExchange exchange, String name, String value, Duration maxAge, boolean httpOnly) {
        exchange.addSetCookie(line(exchange, name, value, maxAge, httpOnly, settings.domain()));
    }

    /** Expires the cookie under the attributes it is set with, and its host-only twin where a domain is configured. */
    void expire(CookieExchange exchange, String name, boolean httpOnly) {
        expireHostOnly(exchange, name, httpOnly);
        if (settings.domain() != null) {
            exchange.addSetCookie(line(exchange, name, "", Duration.ZERO, httpOnly, settings.domain()));
        }
    }

    /** Removes a host-only twin, which would hide the cookie of the configured domain. */
    void expireHostOnlyTwin(CookieExchange exchange, String name, boolean httpOnly) {
        if (settings.domain() != null) {
            expireHostOnly(exchange, name, httpOnly);
        }
    }

    private void expireHostOnly(CookieExchange exchange, String name, boolean httpOnly) {
        exchange.addSetCookie(line(exchange, name, "", Duration.ZERO, httpOnly, null));
    }

    private String line(
            CookieExchange exchange,
            String name,
            String value,
            Duration maxAge,
            boolean httpOnly,
            @Nullable String domain) {
        StringBuilder line = new StringBuilder(128);
        line.append(name).append('=').append(value);
        line.append("; Max-Age=").append(maxAge.toSeconds());
        line.append("; Path=").append(settings.path());
        if (domain != null) {
            line.append("; Domain=").append(domain);
        }
        if (settings.secureFor(exchange)) {
            line.append("; Secure");
        }
        if (httpOnly) {
            line.append("; HttpOnly");
        }
        return line.append("; SameSite=")
                .append(settings.sameSite().attribute())
                .toString();
    }
}
