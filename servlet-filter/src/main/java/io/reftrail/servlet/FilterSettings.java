package io.reftrail.servlet;

import io.reftrail.model.InvalidSettingException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The settings of a {@link ReferralCaptureFilter}.
 *
 * @param strip how captured parameters are removed from the URL
 * @param excludes paths inside the application that the filter ignores: exact ({@code /health}), by prefix ({@code /api/*}) or by
 *     extension ({@code *.json}), as in a servlet mapping
 * @param consent the consent policy
 * @param responseHeaderLimit how many bytes the header of a landing's response may have
 * @param explain whether the response to a landing has a header that explains what was done
 */
record FilterSettings(
        StripMode strip, List<String> excludes, ConsentPolicy consent, int responseHeaderLimit, boolean explain) {

    /** The buffer that nginx has for a response's header by default: one page of memory. */
    static final int DEFAULT_RESPONSE_HEADER_LIMIT = 4_096;

    static final FilterSettings DEFAULT = new FilterSettings(
            StripMode.REDIRECT, List.of(), ConsentPolicy.ALWAYS, DEFAULT_RESPONSE_HEADER_LIMIT, false);

    /** Less would leave no room for a single cookie. */
    private static final int MIN_RESPONSE_HEADER_LIMIT = 1_024;

    private static final Pattern EXCLUDE = Pattern.compile("/[^*]*|/([^*]*/)?\\*|\\*\\.[^*/]+");

    /** @throws InvalidSettingException if an exclude cannot match a path, or the limit is too small */
    FilterSettings {
        excludes = List.copyOf(excludes);
        for (String pattern : excludes) {
            if (!EXCLUDE.matcher(pattern).matches()) {
                throw new InvalidSettingException(
                        "capture.exclude", "'" + pattern + "' matches no path", "Write '/path', '/path/*' or '*.ext'.");
            }
        }
        if (responseHeaderLimit < MIN_RESPONSE_HEADER_LIMIT) {
            throw new InvalidSettingException(
                    "capture.response-header-limit",
                    responseHeaderLimit + " bytes leave no room for a cookie",
                    "Write " + MIN_RESPONSE_HEADER_LIMIT + " or more, for example 4096 behind nginx.");
        }
    }

    FilterSettings withStrip(StripMode strip) {
        return new FilterSettings(strip, excludes, consent, responseHeaderLimit, explain);
    }

    FilterSettings withExcludes(List<String> excludes) {
        return new FilterSettings(strip, excludes, consent, responseHeaderLimit, explain);
    }

    FilterSettings withConsent(ConsentPolicy consent) {
        return new FilterSettings(strip, excludes, consent, responseHeaderLimit, explain);
    }

    FilterSettings withResponseHeaderLimit(int responseHeaderLimit) {
        return new FilterSettings(strip, excludes, consent, responseHeaderLimit, explain);
    }

    FilterSettings withExplain(boolean explain) {
        return new FilterSettings(strip, excludes, consent, responseHeaderLimit, explain);
    }

    boolean isExcluded(HttpServletRequest request) {
        return !excludes.isEmpty() && isExcluded(pathOf(request));
    }

    private static String pathOf(HttpServletRequest request) {
        return request.getPathInfo() == null
                ? request.getServletPath()
                : request.getServletPath() + request.getPathInfo();
    }

    private boolean isExcluded(String path) {
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
