package io.reftrail.capture;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one backend's clicks arrive and are kept: which query parameters carry the click id or the partner's code, and the
 * cookie that a browser keeps the click id in. Taken from the vendor's contract, so that a page script of the vendor reads what we wrote and
 * the other way round.
 *
 * @param backend the name of the backend
 * @param parameters the query parameters that carry a click id or code, the preferred one first; ASCII names. Empty for a
 *     cookie that only others write
 * @param cookie the name of the vendor's cookie
 * @param window the attribution window: how long the click counts
 * @param maxLength the longest click id or code that the backend takes, in characters
 * @param encoding how the vendor writes the click id into its cookie
 * @param scriptReadable whether the vendor's page script must be able to read the cookie (then it is not
 *     {@code HttpOnly})
 * @param meaning what the parameters carry
 * @param forwarded other query parameters of the landing that a {@linkplain io.reftrail.model.Click#parameters() click} is
 *     reported with; they stay in the URL
 * @param landingCookie a further cookie of the vendor's, for the address of the landing, or {@code null}
 */
public record CaptureRule(
        String backend,
        List<String> parameters,
        String cookie,
        Duration window,
        int maxLength,
        CookieEncoding encoding,
        boolean scriptReadable,
        Meaning meaning,
        List<String> forwarded,
        @Nullable String landingCookie) {

    /** Browsers keep no cookie longer than this (RFC 6265bis, section 5.5). */
    public static final Duration LONGEST_WINDOW = Duration.ofDays(400);

    /** How the names of our own cookies begin, behind {@code __Host-} where {@link CookieSigning} says so. */
    public static final String COMPANION_PREFIX = "_reftrail_";

    /** How a click id stands in its cookie. */
    public enum CookieEncoding {
        /** As it is. */
        RAW,
        /** As {@code encodeURIComponent} writes it. */
        PERCENT
    }

    /** What a parameter carries. */
    public enum Meaning {
        /** The click id: it is kept, and there is nothing to report. */
        CLICK_ID,
        /** A partner's code that the backend exchanges for a click id: reported once for each click. */
        EXCHANGED_CODE,
        /** A partner's code that serves as the click id itself: each landing is reported. */
        COUNTED_CODE
    }

    /** Copies the lists and caps the window at {@link #LONGEST_WINDOW}. */
    public CaptureRule {
        parameters = List.copyOf(parameters);
        forwarded = List.copyOf(forwarded);
        window = window.compareTo(LONGEST_WINDOW) > 0 ? LONGEST_WINDOW : window;
    }

    /** A rule for parameters that carry the click id itself. */
    public CaptureRule(
            String backend,
            List<String> parameters,
            String cookie,
            Duration window,
            int maxLength,
            CookieEncoding encoding,
            boolean scriptReadable) {
        this(
                backend,
                parameters,
                cookie,
                window,
                maxLength,
                encoding,
                scriptReadable,
                Meaning.CLICK_ID,
                List.of(),
                null);
    }

    /** Returns this rule for parameters that carry something else. */
    public CaptureRule meaning(Meaning meaning) {
        return new CaptureRule(
                backend,
                parameters,
                cookie,
                window,
                maxLength,
                encoding,
                scriptReadable,
                meaning,
                forwarded,
                landingCookie);
    }

    /** Returns this rule for clicks that are reported with more of the landing's query. */
    public CaptureRule forwarding(List<String> parameters) {
        return new CaptureRule(
                backend,
                this.parameters,
                cookie,
                window,
                maxLength,
                encoding,
                scriptReadable,
                meaning,
                parameters,
                landingCookie);
    }

    /** Returns this rule for a vendor that keeps the landing's address in this cookie. */
    public CaptureRule keepingLandingIn(String cookie) {
        return new CaptureRule(
                backend,
                parameters,
                this.cookie,
                window,
                maxLength,
                encoding,
                scriptReadable,
                meaning,
                forwarded,
                cookie);
    }

    /** Whether a value can be a click id: visible ASCII that needs no quoting in a cookie, within the length. */
    boolean accepts(@Nullable String value) {
        return value != null
                && !value.isEmpty()
                && value.length() <= maxLength
                && value.chars().allMatch(CookieOctets::contains);
    }

    /** The name of our own cookie beside the vendor's, which remembers when the click happened. */
    String companionCookie() {
        return COMPANION_PREFIX + backend;
    }
}
