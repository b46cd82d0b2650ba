package io.reftrail.servlet;

import java.util.List;

/**
 * How the filter behaves.
 *
 * @param strip how captured parameters leave the URL
 * @param excludes paths inside the application that are left alone: exact ({@code /health}), by prefix
 *     ({@code /api/*}) or by extension ({@code *.json}), as in a servlet mapping
 * @param consent whether a click may be kept
 */
record FilterSettings(StripMode strip, List<String> excludes, ConsentPolicy consent) {

    static final FilterSettings DEFAULT = new FilterSettings(StripMode.REDIRECT, List.of(), ConsentPolicy.ALWAYS);

    FilterSettings {
        excludes = List.copyOf(excludes);
    }

    boolean isExcluded(String path) {
        return excludes.stream().anyMatch(pattern -> matches(pattern, path));
    }

    private static boolean matches(String pattern, String path) {
        if (pattern.endsWith("/*")) {
            String prefix = pattern.substring(0, pattern.length() - 2);
            return path.equals(prefix) || path.startsWith(prefix + "/");
        }
        return pattern.startsWith("*.") ? path.endsWith(pattern.substring(1)) : path.equals(pattern);
    }
}
