package io.reftrail.test;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The cookies of one visitor's browser. Immutable.
 *
 * @param values the values by name, as they stand in the header
 */
public record VisitorCookies(Map<String, String> values) {

    /** Copies the values and keeps their order. */
    public VisitorCookies {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Returns the cookies of a browser that has none. */
    public static VisitorCookies none() {
        return new VisitorCookies(Map.of());
    }

    /** Returns the value of the {@code Cookie} header that the browser sends; empty if it has no cookies. */
    public String header() {
        return values.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    /**
     * Returns the cookies after a response with these {@code Set-Cookie} lines. Of their attributes only {@code Max-Age=0} is
     * evaluated.
     */
    public VisitorCookies after(List<String> setCookies) {
        Map<String, String> after = new LinkedHashMap<>(values);
        for (String line : setCookies) {
            String[] parts = line.split(";", -1);
            int equals = parts[0].indexOf('=');
            String name = parts[0].substring(0, equals).strip();
            if (isExpired(parts)) {
                after.remove(name);
            } else {
                after.put(name, parts[0].substring(equals + 1).strip());
            }
        }
        return new VisitorCookies(after);
    }

    private static boolean isExpired(String[] parts) {
        for (String attribute : parts) {
            if (attribute.strip().equalsIgnoreCase("Max-Age=0")) {
                return true;
            }
        }
        return false;
    }
}
