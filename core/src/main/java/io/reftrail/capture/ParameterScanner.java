package io.reftrail.capture;

import io.reftrail.capture.CookieHeader.FirstLetters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A scanner that finds captured parameters in a raw query string and leaves the rest undecoded. It splits pairs at {@code &} and
 * compares names after percent-decoding, like the URL Standard's form parser (url.spec.whatwg.org, section 5.1), but ignores
 * case. A query without a captured parameter takes one pass and no allocation.
 *
 * <p>Two common mistakes in links are read as they were meant: {@literal &}amp; copied from HTML source in place of {@code &},
 * and a second {@code ?} in place of {@code &} where a parameter was appended to a link that already had a query. Immutable.
 */
final class ParameterScanner {

    private static final String ESCAPED_AMPERSAND = "amp;";

    private final String[] names;
    private final String[] lowerCase;
    private final FirstLetters firstLetters;

    /** @param names ASCII names */
    ParameterScanner(List<String> names) {
        this.names = names.toArray(String[]::new);
        this.lowerCase =
                names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toArray(String[]::new);
        this.firstLetters = new FirstLetters(names.stream()
                .flatMap(name -> Stream.of(name.toLowerCase(Locale.ROOT), name.toUpperCase(Locale.ROOT)))
                .toArray(String[]::new));
    }

    /**
     * One part of the query.
     *
     * @param name the captured parameter's name as configured, or {@code null} for other parts
     * @param rawName the name as it is written, decoded
     * @param rawValue the value, still encoded
     * @param start where the part begins
     * @param end where it ends
     */
    record Part(@Nullable String name, String rawName, String rawValue, int start, int end) {}

    /** Returns whether a query contains a captured parameter. Allocates nothing. */
    boolean isIn(String query) {
        boolean hasSecondQuestionMark = query.indexOf('?') >= 0;
        for (int start = 0, end; start <= query.length(); start = end + 1) {
            end = pairEnd(query, start);
            if (nameAt(query, start, end) != null || (hasSecondQuestionMark && secondQuery(query, start, end) >= 0)) {
                return true;
            }
        }
        return false;
    }

    /** Returns all parts of a query in order, or {@code null} if it contains no captured parameter. */
    @Nullable
    List<Part> scan(String query) {
        if (!isIn(query)) {
            return null;
        }
        List<Part> parts = new ArrayList<>();
        boolean hasSecondQuestionMark = query.indexOf('?') >= 0;
        for (int start = 0, end; start <= query.length(); start = end + 1) {
            end = pairEnd(query, start);
            int from = start;
            for (int mark = hasSecondQuestionMark ? secondQuery(query, from, end) : -1;
                    mark >= 0;
                    mark = secondQuery(query, from, end)) {
                parts.add(part(query, from, mark));
                from = mark + 1;
            }
            parts.add(part(query, from, end));
        }
        return parts;
    }

    private Part part(String query, int start, int end) {
        String name = nameAt(query, start, end);
        if (name == null) {
            return new Part(null, "", "", start, end);
        }
        int equals = indexOf('=', query, start, end);
        String rawName = PercentEncoding.decode(query.substring(start, equals));
        String rawValue = equals == end ? "" : query.substring(equals + 1, end);
        return new Part(name, rawName == null ? name : rawName, rawValue, start, end);
    }

    /**
     * Returns the query without some of its parts, every other byte unchanged and in order.
     *
     * @param all all parts of the query
     * @param removed which of them are left out
     */
    static String without(String query, List<Part> all, boolean[] removed) {
        StringBuilder remaining = new StringBuilder(query.length());
        int last = -1;
        for (int i = 0; i < removed.length; i++) {
            Part part = all.get(i);
            if (!removed[i]) {
                if (last >= 0) {
                    remaining.append(last + 1 == part.start() ? query.charAt(last) : '&');
                }
                remaining.append(query, part.start(), part.end());
                last = part.end();
            }
        }
        return remaining.toString();
    }

    /**
     * Returns where a second question mark separates parameters, or -1. It does so before a captured parameter, and between the
     * value of a captured parameter and any other parameter, but not inside a text that may be a URL of its own.
     */
    private int secondQuery(String query, int start, int end) {
        boolean captured = nameAt(query, start, end) != null;
        for (int i = start; i < end; i++) {
            char c = query.charAt(i);
            if (c == '?') {
                int next = indexOf('?', query, i + 1, end);
                if (captured ? isPair(query, i + 1, next) : nameAt(query, i + 1, next) != null) {
                    return i;
                }
            } else if (c == '/' || c == ':' || (c == '%' && query.regionMatches(true, i + 1, "2F", 0, 2))) {
                return -1;
            }
        }
        return -1;
    }

    private static boolean isPair(String query, int start, int end) {
        int equals = indexOf('=', query, start, end);
        return equals > start
                && equals < end
                && query.substring(start, equals).chars().allMatch(ParameterScanner::isNameCharacter);
    }

    private static boolean isNameCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "_-.[]%".indexOf(c) >= 0;
    }

    private @Nullable String nameAt(String query, int from, int end) {
        int start = from;
        while (query.startsWith(ESCAPED_AMPERSAND, start)) {
            start += ESCAPED_AMPERSAND.length();
        }
        if (start >= end || (query.charAt(start) != '%' && !firstLetters.contain(query.charAt(start)))) {
            return null;
        }
        for (int i = 0; i < names.length; i++) {
            if (matches(query, start, end, lowerCase[i])) {
                return names[i];
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
            if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != name.charAt(n)) {
                return false;
            }
            i++;
        }
        return i == end || query.charAt(i) == '=';
    }

    /** Returns -1 for other characters. {@link Character#digit} would also accept digits outside ASCII. */
    private static int hexDigit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    private static int pairEnd(String query, int start) {
        int end = query.indexOf('&', start);
        return end < 0 ? query.length() : end;
    }

    /**
     * Returns the index of a character, or {@code end} without one. Never looks beyond {@code end}, so that all calls together
     * take linear time.
     */
    private static int indexOf(char c, String query, int start, int end) {
        int index = start;
        while (index < end && query.charAt(index) != c) {
            index++;
        }
        return index;
    }
}
