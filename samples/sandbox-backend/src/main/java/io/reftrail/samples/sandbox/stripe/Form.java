package io.reftrail.samples.sandbox.stripe;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request to Stripe, by their names with brackets, such as {@code line_items[0][quantity]}.
 *
 * @param values in the order in which they came
 */
record Form(Map<String, String> values) {

    Form {
        values = Map.copyOf(values);
    }

    /** Reads a body of the type {@code application/x-www-form-urlencoded}, or a query. */
    static Form parse(@Nullable String text) {
        Map<String, String> values = new LinkedHashMap<>();
        if (text != null) {
            for (String pair : text.split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    String name = decode(pair.substring(0, equals));
                    String indexed =
                            name.endsWith("[]") ? name.substring(0, name.length() - 1) + values.size() + "]" : name;
                    values.put(indexed, decode(pair.substring(equals + 1)));
                }
            }
        }
        return new Form(values);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw StripeProblem.invalid("body", "The form is not well encoded.");
        }
    }

    /**
     * Refuses parameters other than these. A star stands for an index or for a name of the caller's own.
     *
     * @throws StripeProblem for the first one that is not listed
     */
    void only(String... known) {
        List<String> patterns = List.of(known);
        for (String name : values.keySet()) {
            boolean listed = patterns.stream().anyMatch(pattern -> matches(name, pattern));
            if (!listed && !name.startsWith("expand[")) {
                throw StripeProblem.unknown(name);
            }
        }
    }

    private static boolean matches(String name, String pattern) {
        String[] names = name.split("\\[", -1);
        String[] patterns = pattern.split("\\[", -1);
        if (names.length != patterns.length) {
            return false;
        }
        for (int i = 0; i < names.length; i++) {
            if (!patterns[i].equals("*]") && !patterns[i].equals(names[i])) {
                return false;
            }
        }
        return true;
    }

    @Nullable
    String text(String name) {
        @Nullable String value = values.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    String text(String name, String otherwise) {
        @Nullable String value = text(name);
        return value == null ? otherwise : value;
    }

    String required(String name) {
        @Nullable String value = text(name);
        if (value == null) {
            throw StripeProblem.required(name);
        }
        return value;
    }

    boolean flag(String name) {
        return text(name, "false").equals("true");
    }

    long number(String name, long otherwise) {
        @Nullable String value = text(name);
        return value == null ? otherwise : number(name);
    }

    long number(String name) {
        try {
            return Long.parseLong(required(name));
        } catch (NumberFormatException malformed) {
            throw StripeProblem.invalid(name, "Invalid integer: " + text(name));
        }
    }

    boolean has(String prefix) {
        return values.keySet().stream().anyMatch(name -> name.startsWith(prefix));
    }

    /** Returns the entries below a name, such as {@code metadata}, by their last names. */
    Map<String, String> below(String name) {
        Map<String, String> entries = new TreeMap<>();
        values.forEach((key, value) -> {
            if (key.startsWith(name + "[") && key.endsWith("]")) {
                entries.put(key.substring(name.length() + 1, key.length() - 1), value);
            }
        });
        return entries;
    }

    /** Returns the values of the parameter {@code expand}. */
    List<String> expand() {
        return List.copyOf(below("expand").values());
    }
}
