package io.reftrail.servlet;

import io.reftrail.servlet.ConsentPolicy.Consent;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Searches a consent cookie's value for patterns. The value is the visitor's, and may have been made to keep a pattern busy: a
 * search that reads too much, or nests too deep, is given up, and what it would have found stays open.
 *
 * @param refused {@code null} for a tool whose cookie stands for a decision: then what is not granted is refused
 */
record ConsentPatterns(Pattern granted, @Nullable Pattern refused) implements Function<String, Consent> {

    @Override
    public Consent apply(String value) {
        String text = decoded(value);
        try {
            if (refused != null && refused.matcher(new BoundedText(text)).find()) {
                return Consent.REFUSED;
            }
            if (granted.matcher(new BoundedText(text)).find()) {
                return Consent.GRANTED;
            }
            return refused == null ? Consent.REFUSED : Consent.PENDING;
        } catch (BoundedText.ExhaustedException | StackOverflowError givenUp) {
            return Consent.PENDING;
        }
    }

    /** As {@code decodeURIComponent} does; a value that is not encoded stays as it is. */
    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return value;
        }
    }
}
