package io.reftrail.servlet;

import io.reftrail.capture.CookieExchange;
import io.reftrail.capture.Visitor;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A servlet request and its response as core sees them. Reads the raw {@code Cookie} header, never
 * {@code getCookies}, because containers drop every cookie behind one that they cannot parse.
 */
public final class ServletCookieExchange implements CookieExchange {

    private static final String REPORTED = ServletCookieExchange.class.getName() + ".REPORTED.";

    private final HttpServletRequest request;
    private final @Nullable HttpServletResponse response;

    /**
     * @param request the request
     * @param response its response, or {@code null} where there is none at hand; then cookies can only be read
     */
    public ServletCookieExchange(HttpServletRequest request, @Nullable HttpServletResponse response) {
        this.request = request;
        this.response = response;
    }

    /** The request. */
    public HttpServletRequest request() {
        return request;
    }

    @Override
    public List<String> cookieHeaders() {
        Enumeration<String> headers = request.getHeaders("Cookie");
        return headers == null ? List.of() : Collections.list(headers);
    }

    @Override
    public boolean isSecure() {
        return request.isSecure();
    }

    @Override
    public void addSetCookie(String setCookie) {
        if (response == null || response.isCommitted()) {
            return;
        }
        response.addHeader("Set-Cookie", setCookie);
        SharedCaches.keepOut(request, response);
    }

    @Override
    public Visitor visitor() {
        return new Visitor(request.getHeader("User-Agent"), request.getRemoteAddr());
    }

    @Override
    public boolean isReported(String backend) {
        return request.getAttribute(REPORTED + backend) != null;
    }

    @Override
    public void markReported(String backend) {
        request.setAttribute(REPORTED + backend, true);
    }
}
