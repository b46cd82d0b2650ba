package io.reftrail.capture;

import io.reftrail.model.InvalidSettingException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.psl.PublicSuffixMatcherLoader;
import org.jspecify.annotations.Nullable;

/**
 * The configurable attributes of the cookies that Reftrail sets.
 *
 * @param path the {@code Path}
 * @param domain the {@code Domain}, or {@code null} for a host-only cookie
 * @param sameSite the {@code SameSite} attribute
 * @param secure when the {@code Secure} attribute is set
 * @param keepAfterLead the names of backends whose cookies are kept after the lead is stored, because the vendor's own sale tracking
 *     reads them; the cookies of all other backends are expired
 */
public record CookieSettings(
        String path, @Nullable String domain, SameSite sameSite, Secure secure, Set<String> keepAfterLead) {

    private static final Pattern PATH = Pattern.compile("/[\\x21-\\x3a\\x3c-\\x7e]*");

    private static final Pattern HOST =
            Pattern.compile("(?i)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+");

    /** A host that ends in a number is an IPv4 address, because no top-level domain is a number (URL Standard, section 3.5). */
    private static final Pattern IP_ADDRESS = Pattern.compile(".*\\.\\d+");

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

    /** The condition of the {@code Secure} attribute. */
    public enum Secure {
        /** Set if the request is secure. */
        AUTO,
        /** Always, for applications behind a proxy that ends TLS and does not forward the scheme. */
        ALWAYS,
        /** Never. */
        NEVER
    }

    /**
     * Checks the attributes, removes the leading dot of a domain (RFC 6265 ignores it) and copies the names.
     *
     * @throws InvalidSettingException if the path is malformed; if the domain is malformed, an IP address (RFC 6265, section 5.1.3) or
     *     a public suffix such as {@code co.uk} or {@code github.io} (section 5.3, step 5); or if {@code SameSite=None} is set
     *     without {@code Secure}
     */
    public CookieSettings {
        keepAfterLead = Set.copyOf(keepAfterLead);
        if (!PATH.matcher(path).matches()) {
            throw new InvalidSettingException(
                    "cookie.path",
                    "'" + path + "' cannot be a cookie's path",
                    "Write a path that begins with a slash and has no semicolon, for example '/'.");
        }
        domain = domain == null ? null : checkedDomain(domain.startsWith(".") ? domain.substring(1) : domain);
        if (sameSite == SameSite.NONE && secure != Secure.ALWAYS) {
            throw new InvalidSettingException(
                    "cookie.same-site",
                    "browsers refuse a cookie with SameSite=None that is not Secure",
                    "Write {prefix}cookie.secure=always, or {prefix}cookie.same-site=lax.");
        }
    }

    private static String checkedDomain(String domain) {
        if (!HOST.matcher(domain).matches()) {
            throw invalidDomain(domain, "cannot be a cookie's domain");
        }
        if (IP_ADDRESS.matcher(domain).matches()) {
            throw invalidDomain(domain, "is an IP address, and browsers refuse a cookie whose domain is one");
        }
        if (PublicSuffixMatcherLoader.getDefault().matches(domain.toLowerCase(Locale.ROOT))) {
            throw invalidDomain(
                    domain, "is a public suffix: others have their sites below it, so browsers refuse the cookie");
        }
        return domain;
    }

    private static InvalidSettingException invalidDomain(String domain, String problem) {
        return new InvalidSettingException(
                "cookie.domain",
                "'" + domain + "' " + problem,
                "Write the site's domain without scheme and port, for example 'example.com',"
                        + " or leave it out for a host-only cookie.");
    }

    /** Creates settings with which all cookies are expired after their lead is stored. */
    public CookieSettings(String path, @Nullable String domain, SameSite sameSite, Secure secure) {
        this(path, domain, sameSite, secure, Set.of());
    }

    /** Returns these settings with other backends whose cookies are kept. */
    public CookieSettings withKeepAfterLead(Set<String> backends) {
        return new CookieSettings(path, domain, sameSite, secure, backends);
    }

    boolean isSecureFor(CookieExchange exchange) {
        return secure == Secure.ALWAYS || (secure == Secure.AUTO && exchange.isSecure());
    }
}
