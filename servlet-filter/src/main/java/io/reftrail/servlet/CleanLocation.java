package io.reftrail.servlet;

import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;

/**
 * The address of the same page without the captured parameters, as a reference relative to the page itself
 * (RFC 3986, section 4.2): {@code ./pricing?plan=pro}. It names no host, no scheme and no leading slash, so it cannot
 * leave the site and is right behind any proxy prefix.
 */
final class CleanLocation {

    private static final String PATH_PUNCTUATION = "-._~!$&'()*+,;=:@%";

    private CleanLocation() {}

    /**
     * Returns whether the path is known completely. Some containers replace bytes that are not UTF-8 by U+FFFD, so that the
     * original bytes are lost.
     */
    static boolean isKnown(String requestUri) {
        return requestUri.indexOf('\uFFFD') < 0;
    }

    /**
     * @param requestUri the raw request URI, as the servlet API gives it
     * @param query the remaining query, may be empty
     */
    static String of(String requestUri, String query) {
        StringBuilder location = new StringBuilder(requestUri.length() + query.length() + 3).append("./");
        append(location, requestUri, requestUri.lastIndexOf('/') + 1, CleanLocation::isPathCharacter);
        if (!query.isEmpty()) {
            append(location.append('?'), query, 0, c -> c > ' ' && c < 0x7f && c != '#');
        }
        return location.toString();
    }

    /** Percent-encodes what must not stand there; containers hand out raw bytes as characters up to U+00FF. */
    private static void append(StringBuilder location, String text, int start, IntPredicate allowed) {
        text.codePoints().skip(text.codePointCount(0, start)).forEach(c -> {
            if (allowed.test(c)) {
                location.append((char) c);
            } else if (c <= 0xff) {
                appendEncoded(location, c);
            } else {
                for (byte octet : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    appendEncoded(location, octet & 0xff);
                }
            }
        });
    }

    private static void appendEncoded(StringBuilder location, int octet) {
        location.append('%')
                .append(Character.toUpperCase(Character.forDigit(octet >> 4, 16)))
                .append(Character.toUpperCase(Character.forDigit(octet & 0xf, 16)));
    }

    private static boolean isPathCharacter(int c) {
        return c < 0x7f && (Character.isLetterOrDigit(c) || PATH_PUNCTUATION.indexOf(c) >= 0);
    }
}
