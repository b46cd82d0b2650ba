package io.reftrail.servlet;

import io.reftrail.capture.CookieExchange;
import io.reftrail.capture.Visitor;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@link CookieExchange} for a servlet request and its response. It reads the raw {@code Cookie} header instead of
 * {@code getCookies}, because containers drop every cookie behind one that they cannot parse. Reading never fails.
 */
public final class ServletCookieExchange implements CookieExchange {

    /** The request attribute for a route that is more specific than the mapping of the servlet, such as a login filter. */
    public static final String ROUTE = ServletCookieExchange.class.getName() + ".ROUTE";

    private static final String REPORTED = ServletCookieExchange.class.getName() + ".REPORTED.";

    /** The request attribute that says that the application has not seen the request's body yet. */
    private static final String BODY_UNREAD = ServletCookieExchange.class.getName() + ".BODY_UNREAD";

    /** Where Spring MVC stores the pattern of the controller's mapping. */
    private static final String CONTROLLER = "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern";

    private final HttpServletRequest request;
    private final @Nullable HttpServletResponse response;
    private final boolean keptOutOfCaches;

    /**
     * Creates an exchange.
     *
     * @param request the request
     * @param response its response, or {@code null} if there is none; cookies can then only be read
     */
    public ServletCookieExchange(HttpServletRequest request, @Nullable HttpServletResponse response) {
        this(request, response, false);
    }

    private ServletCookieExchange(
            HttpServletRequest request, @Nullable HttpServletResponse response, boolean keptOutOfCaches) {
        this.request = request;
        this.response = response;
        this.keptOutOfCaches = keptOutOfCaches;
    }

    /** Creates an exchange for a landing, whose response is kept out of caches before its cookies are set. */
    static ServletCookieExchange ofLanding(HttpServletRequest request, HttpServletResponse response) {
        return new ServletCookieExchange(request, response, true);
    }

    /** Returns the request. */
    public HttpServletRequest request() {
        return request;
    }

    @Nullable
    HttpServletResponse response() {
        return response;
    }

    @Override
    public List<String> cookieHeaders() {
        return RequestHeaders.all(request, "Cookie");
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
        if (!keptOutOfCaches) {
            CacheControl.forbidStoring(request, response);
        }
    }

    @Override
    public Visitor visitor() {
        return new Visitor(RequestHeaders.first(request, "User-Agent"), request.getRemoteAddr());
    }

    /** Returns the pattern of Spring MVC's controller, of the login filter that reports the sign-in, or of the servlet. */
    @Override
    public @Nullable String route() {
        Object route = request.getAttribute(ROUTE);
        if (route == null) {
            route = request.getAttribute(CONTROLLER);
        }
        return route == null ? request.getHttpServletMapping().getPattern() : route.toString();
    }

    /** The name that the container returns: behind a proxy the forwarded one, if the container is configured to trust the proxy. */
    @Override
    public @Nullable String host() {
        return request.getServerName();
    }

    /** Reads the parameters of a form that is posted, unless the application still expects the body: see {@link #beforeApplication}. */
    @Override
    public @Nullable String parameter(String name) {
        return request.getAttribute(BODY_UNREAD) == null ? request.getParameter(name) : null;
    }

    /**
     * Runs work before the application has seen the request. Its {@linkplain #parameter parameters} are not read meanwhile, because
     * the application could then no longer read the body of a form.
     */
    public static void beforeApplication(HttpServletRequest request, Runnable work) {
        request.setAttribute(BODY_UNREAD, true);
        try {
            work.run();
        } finally {
            request.removeAttribute(BODY_UNREAD);
        }
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
