package io.reftrail.capture;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way in which one backend's clicks arrive and are stored: the query parameters that carry the click id or the partner's code, and
 * the cookie for the click id. A rule follows the vendor's contract, so that the vendor's page script can read what Reftrail has
 * written, and the other way round.
 *
 * @param backend the name of the backend
 * @param parameters the query parameters that carry a click id or code, the preferred one first; ASCII names. Empty for a cookie that
 *     only others write
 * @param cookie the name of the vendor's cookie
 * @param window the attribution window: how long a click is attributed
 * @param maxLength the longest click id or code that the backend accepts, in characters
 * @param encoding how the vendor writes the click id into its cookie
 * @param scriptReadable whether the vendor's page script must be able to read the cookie; if so, it is not {@code HttpOnly}
 * @param meaning what the parameters carry
 * @param forwarded other query parameters of the landing that are reported with a
 *     {@linkplain io.reftrail.model.Click#parameters() click}; they stay in the URL
 * @param landingCookie a further cookie of the vendor for the address of the landing page, or {@code null}
 * @param codes which values are accepted as a partner's code
 * @param details what later events need from the answer to a click: names of
 *     {@linkplain io.reftrail.model.Attribution#details() details} that are kept beside the click id in the browser
 * @param acrossHosts whether the vendor's page script writes the cookie for a parent domain of the page's host, where a server
 *     cannot always remove it
 * @param unrecordedAgents parts of user agents, in lower case, whose clicks the vendor answers with an id that it does not record
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
        @Nullable String landingCookie,
        PartnerCodes codes,
        Set<String> details,
        boolean acrossHosts,
        List<String> unrecordedAgents) {

    /** The longest lifetime of a cookie in browsers (RFC 6265bis, section 5.5). */
    public static final Duration LONGEST_WINDOW = Duration.ofDays(400);

    /** The prefix of the names of Reftrail's own cookies; with {@link CookieSigning} it may follow {@code __Host-}. */
    public static final String METADATA_COOKIE_PREFIX = "_reftrail_";

    /** The encoding of a click id in its cookie. */
    public enum CookieEncoding {
        /** Unchanged. */
        RAW,
        /** As by {@code encodeURIComponent}. */
        PERCENT
    }

    /** The meaning of a parameter's value. */
    public enum Meaning {
        /** The click id. It is stored, and nothing is reported. */
        CLICK_ID,
        /** A partner's code that the backend exchanges for a click id. It is reported once for each click. */
        EXCHANGED_CODE,
        /** A partner's code that serves as the click id. It is reported at each landing. */
        COUNTED_CODE
    }

    /** Copies the lists and the set, and limits the window to {@link #LONGEST_WINDOW}. */
    public CaptureRule {
        parameters = List.copyOf(parameters);
        forwarded = List.copyOf(forwarded);
        details = Set.copyOf(details);
        unrecordedAgents = List.copyOf(unrecordedAgents);
        window = window.compareTo(LONGEST_WINDOW) > 0 ? LONGEST_WINDOW : window;
    }

    /** Creates a rule for parameters that carry the click id. */
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
                null,
                PartnerCodes.ANY,
                Set.of(),
                false,
                List.of());
    }

    /** Returns this rule with another meaning of its parameters. */
    public CaptureRule meaning(Meaning meaning) {
        return with(meaning, forwarded, landingCookie, codes, details, acrossHosts, unrecordedAgents);
    }

    /** Returns this rule with query parameters of the landing that are reported with a click. */
    public CaptureRule forwarding(List<String> parameters) {
        return with(meaning, parameters, landingCookie, codes, details, acrossHosts, unrecordedAgents);
    }

    /** Returns this rule with a cookie for the address of the landing page. */
    public CaptureRule keepingLandingIn(String cookie) {
        return with(meaning, forwarded, cookie, codes, details, acrossHosts, unrecordedAgents);
    }

    /** Returns this rule with other accepted codes. */
    public CaptureRule accepting(PartnerCodes codes) {
        return with(meaning, forwarded, landingCookie, codes, details, acrossHosts, unrecordedAgents);
    }

    /**
     * Returns this rule with details of the answer to a click that are kept with the click id. Their values must be visible
     * ASCII, and at most 1,000 characters in all; otherwise the browser keeps the partner's code, and events take the details
     * from the outbox. During the exchange of a newer click, its attribution has the id and the details of the click before it;
     * the answer to the newer click replaces both.
     */
    public CaptureRule keepingDetails(Set<String> names) {
        return with(meaning, forwarded, landingCookie, codes, names, acrossHosts, unrecordedAgents);
    }

    /**
     * Returns this rule for a cookie that the vendor's page script writes for a parent domain. Once such a click has become a
     * lead, the browser also keeps a mark that it is used.
     */
    public CaptureRule writtenAcrossHosts() {
        return with(meaning, forwarded, landingCookie, codes, details, true, unrecordedAgents);
    }

    /** Returns this rule with parts of user agents, in lower case, whose clicks never replace an earlier one. */
    public CaptureRule notRecording(List<String> agents) {
        return with(meaning, forwarded, landingCookie, codes, details, acrossHosts, agents);
    }

    private CaptureRule with(
            Meaning meaning,
            List<String> forwarded,
            @Nullable String landingCookie,
            PartnerCodes codes,
            Set<String> details,
            boolean acrossHosts,
            List<String> unrecordedAgents) {
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
                landingCookie,
                codes,
                details,
                acrossHosts,
                unrecordedAgents);
    }

    /** Returns whether the vendor takes a visitor for a robot; {@code false} without a user agent. */
    boolean isUnrecorded(@Nullable String userAgent) {
        if (userAgent == null || unrecordedAgents.isEmpty()) {
            return false;
        }
        String agent = userAgent.toLowerCase(Locale.ROOT);
        return unrecordedAgents.stream().anyMatch(agent::contains);
    }

    /**
     * Returns whether a value can be a click id or code: cookie octets within the maximum length. A click id whose cookie is
     * percent-encoded may have any other visible character and spaces, as the vendor's script stores them.
     */
    boolean accepts(@Nullable String value) {
        if (value == null || value.isBlank() || value.length() > maxLength) {
            return false;
        }
        if (value.chars().allMatch(CookieHeader::isCookieOctet)) {
            return true;
        }
        return encoding == CookieEncoding.PERCENT
                && meaning == Meaning.CLICK_ID
                && value.codePoints().allMatch(CaptureRule::isText);
    }

    private static boolean isText(int character) {
        int type = Character.getType(character);
        return !Character.isISOControl(character)
                && character != '\uFFFD'
                && type != Character.SURROGATE
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }

    /**
     * Returns a code that a visitor gives without a link, as a link would carry it, or {@code null} if it cannot be a code: the
     * rule's links carry no codes, or it is not {@linkplain #codes() accepted}, is too long, or has characters that no code has.
     *
     * @param given what the visitor has given, without spaces around it
     */
    public @Nullable String givenCode(String given) {
        String code = meaning == Meaning.CLICK_ID || parameters.isEmpty() ? null : codes.given(given);
        return accepts(code) ? code : null;
    }

    /** Returns the name of Reftrail's own cookie beside the vendor's cookie, without a prefix for signing. */
    String metadataCookie() {
        return METADATA_COOKIE_PREFIX + backend;
    }

    /**
     * Returns the name of Reftrail's own cookie for the clicks that the browser has used for leads, without a prefix for signing.
     */
    String usedCookie() {
        return metadataCookie() + "_used";
    }
}
