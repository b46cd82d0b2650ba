package io.reftrail.capture;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Percent-encoding in queries, and in cookies that page scripts write. */
final class PercentEncoding {

    /** A percent sign that begins no escape; {@link URLDecoder} would also take signs and digits outside ASCII behind it. */
    private static final Pattern NO_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private PercentEncoding() {}

    /**
     * Encodes as {@code encodeURIComponent} does. It does not escape five characters that {@link URLEncoder} escapes, and escapes
     * spaces.
     */
    static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%21", "!")
                .replace("%27", "'")
                .replace("%28", "(")
                .replace("%29", ")")
                .replace("%7E", "~");
    }

    /** Decodes a form-encoded value; {@code null} if the encoding is broken. */
    static @Nullable String decode(String value) {
        if (value.indexOf('%') < 0 && value.indexOf('+') < 0) {
            return value;
        }
        return NO_ESCAPE.matcher(value).find() ? null : URLDecoder.decode(value, StandardCharsets.UTF_8);
    }
}
