package io.reftrail.servlet;

import io.reftrail.capture.CapturedQuery;
import io.reftrail.capture.CookieHeader;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The redirect of a landing to the same page without the captured parameters.
 *
 * <p>The {@code Location} is a reference that has only a query (RFC 3986, section 4.2): {@code ?plan=pro}, or {@code ?} without
 * other parameters. A browser resolves it against the path that it has requested (section 5.2.2). The redirect is therefore correct
 * behind any proxy or rewrite rule that changes the path, and it cannot lead to another page. A redirect that would be wrong is not
 * sent; the request is wrapped instead.
 */
final class CleanUrlRedirect {

    /** A request attribute that a rewrite rule may set to {@code wrap} where it changes the query. */
    static final String STRIP_ATTRIBUTE = "reftrail.strip";

    /** The cookie that remembers the target of the last redirect for some seconds. */
    static final String COOKIE = "_reftrail_redirect";

    private static final int COOKIE_SECONDS = 10;

    /** Headers in which proxies and servers pass on the URL before they rewrote it. */
    private static final List<String> ORIGINAL_URL =
            List.of("X-Original-URL", "X-Rewrite-URL", "X-Original-URI", "X-Envoy-Original-Path", "X-Forwarded-Uri");

    private CleanUrlRedirect() {}

    /**
     * Sends the redirect, unless it would be wrong.
     *
     * @param mark whether a cookie has to remember the redirect, because the visitor's cookies already had a click: an application
     *     that adds the parameter itself would otherwise be redirected endlessly
     * @param room how many bytes the response's header has left
     * @return whether the response is complete
     */
    static boolean send(
            CapturedQuery query, boolean mark, HttpServletRequest request, HttpServletResponse response, int room) {
        String location = location(query.remaining());
        String target = !mark ? "" : Integer.toHexString((request.getRequestURI() + location).hashCode());
        if (!isAscii(query.remaining())
                || isRewritten(request)
                || location.length() + COOKIE.length() + 120 > room
                || CookieHeader.values(RequestHeaders.all(request, "Cookie"), COOKIE)
                        .contains(target)) {
            return false;
        }
        if (mark) {
            response.addHeader(
                    "Set-Cookie",
                    COOKIE + "=" + target + "; Max-Age=" + COOKIE_SECONDS + "; Path=/; HttpOnly; SameSite=Lax");
        }
        response.setHeader(CacheControl.NAME, CacheControl.NO_STORE);
        response.setHeader("Location", location);
        response.setStatus(HttpServletResponse.SC_FOUND);
        return true;
    }

    /**
     * Returns whether a query consists of ASCII characters, as browsers send it. Containers decode other octets differently, so that the
     * original octets are unknown.
     */
    private static boolean isAscii(String query) {
        for (int i = 0; i < query.length(); i++) {
            if (query.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether a proxy or rewrite rule is known to have changed the query: a redirect would then apply the change twice. */
    private static boolean isRewritten(HttpServletRequest request) {
        if ("wrap".equals(request.getAttribute(STRIP_ATTRIBUTE))) {
            return true;
        }
        String query = request.getQueryString();
        for (String header : ORIGINAL_URL) {
            String url = RequestHeaders.first(request, header);
            if (url != null && !query.equals(queryOf(url))) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String queryOf(String url) {
        int mark = url.indexOf('?');
        return mark < 0 ? null : url.substring(mark + 1);
    }

    /** Returns the reference to the same page with this query, and encodes each character that a reference must not contain. */
    static String location(String query) {
        StringBuilder location = new StringBuilder(query.length() + 1).append('?');
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            if (c > ' ' && c < 0x7f && c != '#') {
                location.append(c);
            } else {
                location.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return location.toString();
    }
}
