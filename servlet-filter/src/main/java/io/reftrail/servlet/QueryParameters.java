package io.reftrail.servlet;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The parameters of a query string, decoded as by the URL standard's form parser (url.spec.whatwg.org, section 5.1). */
final class QueryParameters {

    private static final Pattern NO_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private QueryParameters() {}

    static Map<String, String[]> of(String query) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                String value = decode(equals < 0 ? "" : pair.substring(equals + 1));
                values.computeIfAbsent(name, absent -> new ArrayList<>(1)).add(value);
            }
        }
        Map<String, String[]> parameters = new LinkedHashMap<>();
        values.forEach((name, all) -> parameters.put(name, all.toArray(String[]::new)));
        return parameters;
    }

    /** Returns the values of both maps; those of the first map come first. */
    static Map<String, String[]> joined(Map<String, String[]> first, Map<String, String[]> second) {
        if (first.isEmpty()) {
            return second;
        }
        Map<String, String[]> all = new LinkedHashMap<>(first);
        second.forEach((name, values) -> all.merge(name, values, QueryParameters::concatenate));
        return all;
    }

    static String[] concatenate(String[] values, String[] more) {
        String[] all = Arrays.copyOf(values, values.length + more.length);
        System.arraycopy(more, 0, all, values.length, more.length);
        return all;
    }

    /** Decodes percent escapes; a percent sign without an escape is unchanged. */
    private static String decode(String text) {
        return URLDecoder.decode(NO_ESCAPE.matcher(text).replaceAll("%25"), StandardCharsets.UTF_8);
    }
}
