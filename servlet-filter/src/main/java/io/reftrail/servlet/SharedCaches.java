package io.reftrail.servlet;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code Cache-Control} must say on a response that carries a visitor's cookie (RFC 9111, section 5.2.2), or that another
 * visitor who follows the same link would not get: a crawler's, or that of somebody who has refused. No {@code Vary} can tell
 * them apart, and who gets a page from a cache has no click.
 */
final class SharedCaches {

    static final String CACHE_CONTROL = "Cache-Control";
    static final String NO_STORE = "no-store";

    /** The argument of a directive: {@code private="name"} protects that header alone. One left open has no end. */
    private static final Pattern QUOTED = Pattern.compile("(?s)\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+(?:\"|\\\\?$)");

    private static final Pattern KEEPS_OUT = Pattern.compile("(?is)(.*,)?\\s*(no-store|private)\\s*(,.*)?");

    /** Takes seconds; zero is never. */
    private static final String NGINX = "x-accel-expires";

    private static final String NEVER = "0";

    private static final Set<String> IN_ITS_PLACE = Set.of("surrogate-control", "edge-control", NGINX);

    private static final String MARK = SharedCaches.class.getName() + ".KEPT_OUT";

    private SharedCaches() {}

    /** Whether a shared cache keeps its hands off a response with this header. */
    static boolean areKeptOut(@Nullable String cacheControl) {
        return NO_STORE.equals(cacheControl)
                || (cacheControl != null
                        && KEEPS_OUT
                                .matcher(QUOTED.matcher(cacheControl).replaceAll("q"))
                                .matches());
    }

    /**
     * Whether a header is {@code Cache-Control} or one that some caches obey in its place: RFC 9213, and what CDNs and nginx had
     * before it.
     */
    static boolean obey(@Nullable String header) {
        return header != null
                && (header.regionMatches(
                                true,
                                header.length() - CACHE_CONTROL.length(),
                                CACHE_CONTROL,
                                0,
                                CACHE_CONTROL.length())
                        || IN_ITS_PLACE.contains(header.toLowerCase(Locale.ROOT)));
    }

    /** Whether a value of a header that they {@link #obey} keeps them out. */
    static boolean areKeptOut(String header, @Nullable String value) {
        return NGINX.equalsIgnoreCase(header) ? NEVER.equals(value) : areKeptOut(value);
    }

    /** The value that keeps them out. */
    static String strictest(String header) {
        return NGINX.equalsIgnoreCase(header) ? NEVER : NO_STORE;
    }

    /** Keeps them away from a response, now and in what else happens to its request. */
    static void keepOut(HttpServletRequest request, HttpServletResponse response) {
        request.setAttribute(MARK, true);
        if (!areKeptOut(response.getHeader(CACHE_CONTROL))) {
            response.setHeader(CACHE_CONTROL, NO_STORE);
        }
        for (String header : List.copyOf(response.getHeaderNames())) {
            if (obey(header) && !areKeptOut(header, response.getHeader(header))) {
                response.setHeader(header, strictest(header));
            }
        }
    }

    /** Whether the response to this request is for one visitor only. */
    static boolean mustBeKeptOut(ServletRequest request) {
        return request.getAttribute(MARK) != null;
    }
}
