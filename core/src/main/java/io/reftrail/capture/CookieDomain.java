package io.reftrail.capture;

import io.reftrail.model.InvalidSettingException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.psl.PublicSuffixMatcherLoader;

/** Checks the domain that an application wants its cookies to have, as browsers will check it. */
final class CookieDomain {

    private static final Pattern HOST =
            Pattern.compile("(?i)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+");

    /** No top-level domain is a number, so what ends in one is an IPv4 address (URL Standard, section 3.5). */
    private static final Pattern ADDRESS = Pattern.compile(".*\\.\\d+");

    private CookieDomain() {}

    /**
     * Returns the domain without the leading dot, which RFC 6265 ignores.
     *
     * @throws InvalidSettingException if it is no domain, an IP address (RFC 6265, section 5.1.3), or a public suffix such as
     *     {@code co.uk} or {@code github.io}, below which strangers have their sites (section 5.3, step 5)
     */
    static String of(String text) {
        String domain = text.startsWith(".") ? text.substring(1) : text;
        if (!HOST.matcher(domain).matches()) {
            throw invalid(domain, "cannot be a cookie's domain");
        }
        if (ADDRESS.matcher(domain).matches()) {
            throw invalid(domain, "is an IP address, and browsers refuse a cookie whose domain is one");
        }
        if (PublicSuffixMatcherLoader.getDefault().matches(domain.toLowerCase(Locale.ROOT))) {
            throw invalid(
                    domain, "is a public suffix: strangers have their sites below it, so browsers refuse the cookie");
        }
        return domain;
    }

    private static InvalidSettingException invalid(String domain, String problem) {
        return new InvalidSettingException(
                "cookie.domain",
                "'" + domain + "' " + problem,
                "Write the site's domain without scheme and port, for example 'example.com',"
                        + " or leave it out for a host-only cookie.");
    }
}
