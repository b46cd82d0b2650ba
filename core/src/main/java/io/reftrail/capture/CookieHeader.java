package io.reftrail.capture;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a raw {@code Cookie} header by the grammar of RFC 6265, section 4.2.1, and skips what does not fit it, so that
 * one broken cookie of somebody else's never hides ours.
 */
public final class CookieHeader {

    private CookieHeader() {}

    /**
     * Returns all values of the named cookie in the order they were sent, without surrounding quotes. What is empty is left
     * out.
     *
     * @param headers the values of the request's {@code Cookie} header lines, as they were sent
     */
    public static List<String> values(Iterable<String> headers, String name) {
        List<String> values = new ArrayList<>(1);
        for (String header : headers) {
            int start = 0;
            int equals = header.indexOf('=');
            while (equals >= 0) {
                int end = header.indexOf(';', start);
                end = end < 0 ? header.length() : end;
                if (equals < end) {
                    collect(header, start, equals, end, name, values);
                    equals = header.indexOf('=', end);
                }
                start = end + 1;
            }
        }
        return values;
    }

    private static void collect(String header, int start, int equals, int end, String name, List<String> values) {
        if (!header.substring(start, equals).strip().equals(name)) {
            return;
        }
        String value = header.substring(equals + 1, end).strip();
        if (value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")) {
            value = value.substring(1, value.length() - 1);
        }
        if (!value.isEmpty()) {
            values.add(value);
        }
    }
}
