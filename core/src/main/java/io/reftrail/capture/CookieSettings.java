package io.reftrail.capture;

import io.reftrail.model.InvalidSettingException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of our cookies that an application may choose, and when they go.
 *
 * @param path the {@code Path}
 * @param domain the {@code Domain}, or {@code null} for a host-only cookie
 * @param sameSite the {@code SameSite} attribute
 * @param secure when the {@code Secure} attribute is set
 * @param keepAfterLead the names of backends whose cookies stay when the lead is safe, because sale tracking of the vendor's
 *     own reads them; the others' are expired
 */
public record CookieSettings(
        String path, @Nullable String domain, SameSite sameSite, Secure secure, Set<String> keepAfterLead) {

    private static final Pattern PATH = Pattern.compile("/[\\x21-\\x3a\\x3c-\\x7e]*");

    /** {@code Path=/; SameSite=Lax}, host-only, {@code Secure} on encrypted connections. */
    public static final CookieSettings DEFAULT = new CookieSettings("/", null, SameSite.LAX, Secure.AUTO);

    /** The {@code SameSite} attribute (RFC 6265bis, section 4.1.2.7). */
    public enum SameSite {
        /** Sent on same-site requests only. */
        STRICT("Strict"),
        /** Also sent when a visitor follows a link to the site. */
        LAX("Lax"),
        /** Always sent; browsers refuse it without {@code Secure}. */
        NONE("None");

        private final String attribute;

        SameSite(String attribute) {
            this.attribute = attribute;
        }

        String attribute() {
            return attribute;
        }
    }

    /** When a cookie is {@code Secure}. */
    public enum Secure {
        /** When the request is. */
        AUTO,
        /** Always, for applications behind a proxy that ends TLS without telling. */
        ALWAYS,
        /** Never. */
        NEVER
    }

    /**
     * Drops the leading dot of a domain, which RFC 6265 ignores, and copies the names.
     *
     * @throws InvalidSettingException if the path or the domain cannot stand in a cookie, if browsers refuse cookies for the
     *     domain because it is a public suffix, or if {@code SameSite=None} comes without {@code Secure}
     */
    public CookieSettings {
        keepAfterLead = Set.copyOf(keepAfterLead);
        if (!PATH.matcher(path).matches()) {
            throw new InvalidSettingException(
                    "cookie.path",
                    "'" + path + "' cannot be a cookie's path",
                    "Write a path that begins with a slash and has no semicolon, for example '/'.");
        }
        domain = domain == null ? null : CookieDomain.of(domain);
        if (sameSite == SameSite.NONE && secure != Secure.ALWAYS) {
            throw new InvalidSettingException(
                    "cookie.same-site",
                    "browsers refuse a cookie with SameSite=None that is not Secure",
                    "Write {prefix}cookie.secure=always, or {prefix}cookie.same-site=lax.");
        }
    }

    /** All cookies go when their lead is safe. */
    public CookieSettings(String path, @Nullable String domain, SameSite sameSite, Secure secure) {
        this(path, domain, sameSite, secure, Set.of());
    }

    /** Returns these settings with other backends whose cookies stay. */
    public CookieSettings withKeepAfterLead(Set<String> backends) {
        return new CookieSettings(path, domain, sameSite, secure, backends);
    }

    boolean secureFor(CookieExchange exchange) {
        return secure == Secure.ALWAYS || (secure == Secure.AUTO && exchange.isSecure());
    }
}
