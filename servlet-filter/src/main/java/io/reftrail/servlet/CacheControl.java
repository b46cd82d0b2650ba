package io.reftrail.servlet;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The protection of responses from shared caches by {@code Cache-Control} (RFC 9111, section 5.2.2) and the headers that some
 * caches obey in its place. This applies to responses with a visitor's cookie, and to landings without one, such as a
 * crawler's: a shared cache would otherwise answer the next visitor of the same link, whose click would not be captured.
 * {@code Vary} cannot distinguish the two.
 */
final class CacheControl {

    static final String NAME = "Cache-Control";
    static final String NO_STORE = "no-store";

    /** The argument of a directive: {@code private="name"} protects that header only. An open quote extends to the end. */
    private static final Pattern QUOTED = Pattern.compile("(?s)\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+(?:\"|\\\\?$)");

    private static final Pattern FORBIDS_STORING = Pattern.compile("(?is)(.*,)?\\s*(no-store|private)\\s*(,.*)?");

    /** The header of nginx: a number of seconds, 0 for "do not store". */
    private static final String NGINX = "x-accel-expires";

    private static final String NGINX_NO_STORE = "0";

    private static final Set<String> REPLACEMENTS = Set.of("surrogate-control", "edge-control", NGINX);

    private static final String MARK = CacheControl.class.getName() + ".NO_STORE";

    private CacheControl() {}

    /** Marks the exchange as not cacheable: sets the headers now, and makes later headers of the application as strict. */
    static void forbidStoring(HttpServletRequest request, HttpServletResponse response) {
        request.setAttribute(MARK, true);
        if (!forbidsStoring(response.getHeader(NAME))) {
            response.setHeader(NAME, NO_STORE);
        }
        List<String> loose = null;
        for (String header : response.getHeaderNames()) {
            if (isCacheHeader(header) && !forbidsStoring(header, response.getHeader(header))) {
                loose = loose == null ? new ArrayList<>() : loose;
                loose.add(header);
            }
        }
        if (loose != null) {
            loose.forEach(header -> response.setHeader(header, strictest(header)));
        }
    }

    /** Returns whether the exchange is marked as not cacheable. */
    static boolean isStoringForbidden(ServletRequest request) {
        return request.getAttribute(MARK) != null;
    }

    /** Returns the response, wrapped if the exchange is already marked as not cacheable. */
    static HttpServletResponse guarded(HttpServletRequest request, HttpServletResponse response) {
        return isStoringForbidden(request) ? new NoStoreResponse(request, response) : response;
    }

    /** Returns whether a shared cache stores no response with this value of {@code Cache-Control}. */
    static boolean forbidsStoring(@Nullable String cacheControl) {
        return NO_STORE.equals(cacheControl)
                || (cacheControl != null
                        && FORBIDS_STORING
                                .matcher(QUOTED.matcher(cacheControl).replaceAll("q"))
                                .matches());
    }

    private static boolean forbidsStoring(String header, @Nullable String value) {
        return NGINX.equalsIgnoreCase(header) ? NGINX_NO_STORE.equals(value) : forbidsStoring(value);
    }

    /**
     * Returns whether a header is {@code Cache-Control}, a targeted variant of it (RFC 9213), or one that CDNs and nginx obey in its
     * place.
     */
    private static boolean isCacheHeader(@Nullable String header) {
        return header != null
                && (header.regionMatches(true, header.length() - NAME.length(), NAME, 0, NAME.length())
                        || REPLACEMENTS.contains(header.toLowerCase(Locale.ROOT)));
    }

    private static String strictest(String header) {
        return NGINX.equalsIgnoreCase(header) ? NGINX_NO_STORE : NO_STORE;
    }

    /** A response that replaces the application's caching headers by stricter ones once its exchange is marked as not cacheable. */
    static final class NoStoreResponse extends HttpServletResponseWrapper {

        private final HttpServletRequest request;

        NoStoreResponse(HttpServletRequest request, HttpServletResponse response) {
            super(response);
            this.request = request;
        }

        @Override
        public void setHeader(String name, String value) {
            super.setHeader(name, isTooLoose(name, value) ? strictest(name) : value);
        }

        @Override
        public void addHeader(String name, String value) {
            if (!isTooLoose(name, value)) {
                super.addHeader(name, value);
            }
        }

        @Override
        public void setIntHeader(String name, int value) {
            if (isCacheHeader(name)) {
                setHeader(name, Integer.toString(value));
            } else {
                super.setIntHeader(name, value);
            }
        }

        @Override
        public void addIntHeader(String name, int value) {
            if (isCacheHeader(name)) {
                addHeader(name, Integer.toString(value));
            } else {
                super.addIntHeader(name, value);
            }
        }

        private boolean isTooLoose(String name, String value) {
            return isCacheHeader(name) && isStoringForbidden(request) && !forbidsStoring(name, value);
        }
    }
}
