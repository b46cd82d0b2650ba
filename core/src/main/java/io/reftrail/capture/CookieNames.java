package io.reftrail.capture;

import java.util.stream.Stream;

/**
 * The names of the cookies that can hold a click, to be looked for in each request: finds them as {@link CookieHeader} does,
 * in one pass and without allocating anything.
 */
final class CookieNames {

    private final String[] names;
    private final Initials initials;

    CookieNames(Stream<String> names) {
        this.names = names.distinct().toArray(String[]::new);
        this.initials = new Initials(this.names);
    }

    /** Whether a {@code Cookie} header line has one of them, whatever its value. */
    boolean areIn(String header) {
        int start = 0;
        int equals = names.length == 0 ? -1 : header.indexOf('=');
        while (equals >= 0) {
            int end = header.indexOf(';', start);
            end = end < 0 ? header.length() : end;
            if (equals < end) {
                if (isOneOfThem(header, start, equals)) {
                    return true;
                }
                equals = header.indexOf('=', end);
            }
            start = end + 1;
        }
        return false;
    }

    private boolean isOneOfThem(String header, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && Character.isWhitespace(header.charAt(start))) {
            start++;
        }
        while (end > start && Character.isWhitespace(header.charAt(end - 1))) {
            end--;
        }
        if (start == end || !initials.has(header.charAt(start))) {
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
