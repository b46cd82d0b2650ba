package io.reftrail.capture;

import io.reftrail.model.InvalidSettingException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The settings of {@link TouchCapture}.
 *
 * @param window how long a touch counts, and how long its cookie is kept
 * @param ignoredReferrers further hosts from which a visit is not a touch, with their subdomains: sign-in and payment pages of
 *     your own
 */
public record TouchSettings(Duration window, Set<String> ignoredReferrers) {

    /** A window of 90 days, and no further hosts. */
    public static final TouchSettings DEFAULT = new TouchSettings(Duration.ofDays(90), Set.of());

    private static final Pattern HOST = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)*");

    /** @throws InvalidSettingException if the window is shorter than a minute or longer than 400 days, or a host is malformed */
    public TouchSettings {
        if (window.compareTo(Duration.ofMinutes(1)) < 0 || window.compareTo(CaptureRule.LONGEST_WINDOW) > 0) {
            throw new InvalidSettingException(
                    "attribution.window",
                    window + " cannot be the lifetime of a cookie",
                    "Write a duration of at most 400 days, such as '90d'.");
        }
        Set<String> hosts = new TreeSet<>();
        for (String host : ignoredReferrers) {
            String lower = host.toLowerCase(Locale.ROOT);
            if (!HOST.matcher(lower).matches()) {
                throw new InvalidSettingException(
                        "attribution.ignored-referrers",
                        "'" + host + "' is not a host",
                        "Write hosts without scheme and path, separated by commas, such as 'login.example.org'.");
            }
            hosts.add(lower);
        }
        ignoredReferrers = Set.copyOf(hosts);
    }
}
