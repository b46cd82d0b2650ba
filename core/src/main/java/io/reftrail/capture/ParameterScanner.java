package io.reftrail.capture;

import io.reftrail.capture.CookieHeader.FirstLetters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A scanner that finds captured parameters in a raw query string and leaves the rest undecoded. It splits pairs at {@code &} and
 * compares names after percent-decoding, like the URL Standard's form parser (url.spec.whatwg.org, section 5.1). A query without a
 * captured parameter takes one pass and no allocation.
 */
final class ParameterScanner {

    private final String[] names;
    private final FirstLetters firstLetters;

    /** @param names ASCII names */
    ParameterScanner(List<String> names) {
        this.names = names.toArray(String[]::new);
        this.firstLetters = new FirstLetters(this.names);
    }

    /** One occurrence of a captured parameter, its value still encoded. */
    record Pair(String name, String rawValue) {}

    /** The captured pairs, and the query without them: every other byte as it was, in order. */
    record Scan(List<Pair> pairs, String remaining) {}

    /** Returns what was found, or {@code null} if no captured parameter is there. */
    @Nullable
    Scan scan(String query) {
        for (int start = 0, end; start <= query.length(); start = end + 1) {
            end = pairEnd(query, start);
            if (nameAt(query, start, end) != null) {
                return split(query);
            }
        }
        return null;
    }

    private Scan split(String query) {
        List<Pair> pairs = new ArrayList<>();
        StringBuilder remaining = new StringBuilder(query.length());
        boolean first = true;
        for (int start = 0, end; start <= query.length(); start = end + 1) {
            end = pairEnd(query, start);
            String name = nameAt(query, start, end);
            if (name != null) {
                pairs.add(new Pair(name, valueAt(query, start, end)));
            } else {
                if (!first) {
                    remaining.append('&');
                }
                remaining.append(query, start, end);
                first = false;
            }
        }
        return new Scan(pairs, remaining.toString());
    }

    private @Nullable String nameAt(String query, int start, int end) {
        if (start == end || (query.charAt(start) != '%' && !firstLetters.contain(query.charAt(start)))) {
            return null;
        }
        for (String name : names) {
            if (matches(query, start, end, name)) {
                return name;
            }
        }
        return null;
    }

    private static boolean matches(String query, int start, int end, String name) {
        int i = start;
        for (int n = 0; n < name.length(); n++) {
            if (i >= end) {
                return false;
            }
            char c = query.charAt(i);
            if (c == '%' && i + 2 < end) {
                c = (char) (hexDigit(query.charAt(i + 1)) << 4 | hexDigit(query.charAt(i + 2)));
                i += 2;
            }
            if (c != name.charAt(n)) {
                return false;
            }
            i++;
        }
        return i == end || query.charAt(i) == '=';
    }

    /** Returns -1 for what is no digit: {@link Character#digit} would also take digits outside ASCII. */
    private static int hexDigit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    private static String valueAt(String query, int start, int end) {
        int equals = start;
        while (equals < end && query.charAt(equals) != '=') {
            equals++;
        }
        return equals == end ? "" : query.substring(equals + 1, end);
    }

    private static int pairEnd(String query, int start) {
        int end = query.indexOf('&', start);
        return end < 0 ? query.length() : end;
    }
}
