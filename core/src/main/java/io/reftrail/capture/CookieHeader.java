package io.reftrail.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A parser for raw {@code Cookie} headers (RFC 6265, section 4.2.1). It skips what does not match the grammar, so that a
 * malformed cookie of another application never hides a cookie of Reftrail.
 */
public final class CookieHeader {

    private CookieHeader() {}

    /**
     * Returns all non-empty values of the named cookie in the order in which they were sent, without surrounding quotes.
     *
     * @param headers the values of the request's {@code Cookie} header lines, unchanged
     * @param name the cookie's name
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

    /** Returns whether a character may stand in a cookie's value: {@code cookie-octet} of RFC 6265, section 4.1.1. */
    static boolean isCookieOctet(int c) {
        return c > ' ' && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\';
    }

    /**
     * A fixed set of cookie names to look for in each request. Finds the same names as {@link #values} does, in one pass and without
     * allocation. Immutable.
     */
    static final class NameSet {

        private final String[] names;
        private final FirstLetters firstLetters;

        NameSet(Stream<String> names) {
            this.names = names.distinct().toArray(String[]::new);
            this.firstLetters = new FirstLetters(this.names);
        }

        /** Returns whether a {@code Cookie} header line contains one of the names, whatever its value. */
        boolean isIn(String header) {
            int start = 0;
            int equals = names.length == 0 ? -1 : header.indexOf('=');
            while (equals >= 0) {
                int end = header.indexOf(';', start);
                end = end < 0 ? header.length() : end;
                if (equals < end) {
                    if (contains(header, start, equals)) {
                        return true;
                    }
                    equals = header.indexOf('=', end);
                }
                start = end + 1;
            }
            return false;
        }

        private boolean contains(String header, int from, int to) {
            int start = from;
            int end = to;
            while (start < end && Character.isWhitespace(header.charAt(start))) {
                start++;
            }
            while (end > start && Character.isWhitespace(header.charAt(end - 1))) {
                end--;
            }
            if (start == end || !firstLetters.contain(header.charAt(start))) {
                return false;
            }
            for (String name : names) {
                if (name.length() == end - start && header.startsWith(name, start)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The first letters of some names: a quick check that rules most other names out before they are compared. Immutable. */
    static final class FirstLetters {

        private final boolean[] ascii = new boolean[0x80];
        private final boolean others;

        FirstLetters(String[] names) {
            boolean beyondAscii = false;
            for (String name : names) {
                if (name.isEmpty() || name.charAt(0) >= ascii.length) {
                    beyondAscii = true;
                } else {
                    ascii[name.charAt(0)] = true;
                }
            }
            this.others = beyondAscii;
        }

        boolean contain(char letter) {
            return others || (letter < ascii.length && ascii[letter]);
        }
    }
}
