package io.reftrail.servlet;

import io.reftrail.model.InvalidSettingException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The settings of the capture filter.
 *
 * @param strip how captured parameters are removed from the URL
 * @param excludes paths inside the application that are not captured: exact ({@code /health}), by prefix ({@code /api/*}) or by
 *     extension ({@code *.json}), as in a servlet mapping
 * @param consent the policy that permits storing clicks
 */
record FilterSettings(StripMode strip, List<String> excludes, ConsentPolicy consent) {

    private static final Pattern EXCLUDE = Pattern.compile("/[^*]*|/([^*]*/)?\\*|\\*\\.[^*/]+");

    static final FilterSettings DEFAULT = new FilterSettings(StripMode.REDIRECT, List.of(), ConsentPolicy.ALWAYS);

    /** @throws InvalidSettingException if an exclude could never match a path */
    FilterSettings {
        excludes = List.copyOf(excludes);
        for (String pattern : excludes) {
            if (!EXCLUDE.matcher(pattern).matches()) {
                throw new InvalidSettingException(
                        "capture.exclude", "'" + pattern + "' matches no path", "Write '/path', '/path/*' or '*.ext'.");
            }
        }
    }

    boolean isExcluded(HttpServletRequest request) {
        return !excludes.isEmpty() && isExcluded(pathOf(request));
    }

    private static String pathOf(HttpServletRequest request) {
        return request.getPathInfo() == null
                ? request.getServletPath()
                : request.getServletPath() + request.getPathInfo();
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
