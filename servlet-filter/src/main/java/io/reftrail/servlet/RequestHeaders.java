package io.reftrail.servlet;

import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Access to request headers that never fails. A wrapper may reject a header because of bytes in it, as Spring Security's
 * {@code StrictHttpFirewall} does. The header is then read from the request that it wraps, because one malformed cookie of
 * another application must not hide Reftrail's cookies.
 */
final class RequestHeaders {

    private RequestHeaders() {}

    /** Returns the first value of a header, or {@code null} without one. Allocates nothing. */
    static @Nullable String first(HttpServletRequest request, String name) {
        try {
            return request.getHeader(name);
        } catch (RuntimeException rejected) {
            HttpServletRequest wrapped = wrapped(request);
            return wrapped == null ? null : first(wrapped, name);
        }
    }

    /** Returns the values of a header, one for each line. */
    static List<String> all(HttpServletRequest request, String name) {
        try {
            Enumeration<String> headers = request.getHeaders(name);
            return headers == null ? List.of() : Collections.list(headers);
        } catch (RuntimeException rejected) {
            HttpServletRequest wrapped = wrapped(request);
            return wrapped == null ? List.of() : all(wrapped, name);
        }
    }

    private static @Nullable HttpServletRequest wrapped(HttpServletRequest request) {
        return request instanceof ServletRequestWrapper wrapper
                        && wrapper.getRequest() instanceof HttpServletRequest wrapped
                ? wrapped
                : null;
    }
}
