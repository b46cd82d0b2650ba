package io.reftrail.servlet;

import io.reftrail.capture.CookieHeader;
import io.reftrail.capture.internal.BoundedText;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A policy that reads the visitor's decision from a cookie. If several cookies of the name are sent, the strictest decision applies.
 * The decision is pending without a cookie, or with more or longer cookies than browsers send.
 */
final class CookieConsentPolicy implements ConsentPolicy {

    /** The longest name and value of a cookie in browsers (RFC 6265bis, section 5.6). */
    private static final int LONGEST = 4_096;

    /** A host has only a few parent domains and a page only a few parent paths; more cookies would only cost time. */
    private static final int MOST = 20;

    private final String name;
    private final Function<String, Consent> reading;

    /** @param reading reads the decision from one value */
    CookieConsentPolicy(String name, Function<String, Consent> reading) {
        this.name = name;
        this.reading = reading;
    }

    @Override
    public Consent decide(HttpServletRequest request) {
        List<String> values = CookieHeader.values(new ServletCookieExchange(request, null).cookieHeaders(), name);
        if (values.size() > MOST) {
            return Consent.PENDING;
        }
        Consent strictest = values.isEmpty() ? Consent.PENDING : Consent.GRANTED;
        for (String value : values) {
            Consent consent = value.length() > LONGEST ? Consent.PENDING : reading.apply(value);
            if (consent == Consent.REFUSED) {
                return consent;
            }
            strictest = consent == Consent.PENDING ? consent : strictest;
        }
        return strictest;
    }

    /**
     * A reading of the decision by patterns. A search that takes too much work leaves the decision pending.
     *
     * @param refused {@code null} if the tool writes its cookie with the decision only; whatever is not consent is then a
     *     refusal
     */
    record Patterns(Pattern granted, @Nullable Pattern refused) implements Function<String, Consent> {

        @Override
        public Consent apply(String value) {
            String text = decoded(value);
            Optional<Boolean> isRefused = refused == null ? Optional.of(false) : BoundedText.find(refused, text);
            if (isRefused.orElse(false)) {
                return Consent.REFUSED;
            }
            Optional<Boolean> isGranted = isRefused.isEmpty() ? isRefused : BoundedText.find(granted, text);
            if (isGranted.orElse(false)) {
                return Consent.GRANTED;
            }
            return isGranted.isPresent() && refused == null ? Consent.REFUSED : Consent.PENDING;
        }

        /** Decodes like {@code decodeURIComponent}; a value that is not encoded stays unchanged. */
        private static String decoded(String value) {
            try {
                return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException notEncoded) {
                return value;
            }
        }
    }
}
