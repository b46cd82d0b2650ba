package io.reftrail.capture;

import java.time.Duration;
import java.util.List;

/**
 * How one backend's clicks arrive and are kept: which query parameters carry the click id, and the cookie that a
 * browser keeps it in. Taken from the vendor's contract, so that a page script of the vendor reads what we wrote and
 * the other way round.
 *
 * @param backend the name of the backend
 * @param parameters the query parameters that carry a click id, the preferred one first; ASCII names
 * @param cookie the name of the vendor's cookie
 * @param window the attribution window: how long the click counts
 * @param maxLength the longest click id that the backend takes, in characters
 * @param encoding how the vendor writes the click id into its cookie
 * @param scriptReadable whether the vendor's page script must be able to read the cookie (then it is not
 *     {@code HttpOnly})
 */
public record CaptureRule(
        String backend,
        List<String> parameters,
        String cookie,
        Duration window,
        int maxLength,
        CookieEncoding encoding,
        boolean scriptReadable) {

    /** Browsers keep no cookie longer than this (RFC 6265bis, section 5.5). */
    public static final Duration LONGEST_WINDOW = Duration.ofDays(400);

    /** How a click id stands in its cookie. */
    public enum CookieEncoding {
        /** As it is. */
        RAW,
        /** As {@code encodeURIComponent} writes it. */
        PERCENT
    }

    /** Copies the parameters and caps the window at {@link #LONGEST_WINDOW}. */
    public CaptureRule {
        parameters = List.copyOf(parameters);
        window = window.compareTo(LONGEST_WINDOW) > 0 ? LONGEST_WINDOW : window;
    }

    /** Whether a value can be a click id: visible ASCII that needs no quoting in a cookie, within the length. */
    boolean accepts(String value) {
        return !value.isEmpty() && value.length() <= maxLength && value.chars().allMatch(CookieOctets::contains);
    }

    /** The name of our own cookie beside the vendor's, which remembers when the click happened. */
    String companionCookie() {
        return "_reftrail_" + backend;
    }
}
