package io.reftrail.capture;

import java.util.List;
import java.util.stream.Stream;

/**
 * The names of the cookies that can hold a click, to be looked for in each request: finds them as {@link CookieHeader} does,
 * in one pass and without allocating anything.
 */
final class CookieNames {

    private final String[] names;
    private final Initials initials;

    CookieNames(List<CaptureRule> rules) {
        this.names = rules.stream()
                .flatMap(rule -> Stream.of(rule.cookie(), rule.companionCookie()))
                .distinct()
                .toArray(String[]::new);
        this.initials = new Initials(names);
    }

    /** Whether a {@code Cookie} header line has one of them, whatever its value. */
    boolean areIn(String header) {
        int start = 0;
        while (start < header.length() && names.length > 0) {
            int end = header.indexOf(';', start);
            end = end < 0 ? header.length() : end;
            int equals = header.indexOf('=', start);
            if (equals < 0) {
                return false;
            }
            if (equals < end && isOneOfThem(header, start, equals)) {
                return true;
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
