package io.reftrail.spring;

import io.reftrail.Reftrail;
import io.reftrail.capture.CookieExchange;
import io.reftrail.servlet.ServletCookieExchange;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * The request that the current thread serves, as the capture filter has bound it to the thread, or as Spring's
 * {@link RequestContextHolder} holds it. Thread-safe.
 */
public final class CurrentExchange {

    private static final boolean HAS_SERVLETS =
            isPresent("org.springframework.web.context.request.RequestContextHolder")
                    && isPresent("jakarta.servlet.http.HttpServletRequest");

    private final Reftrail reftrail;

    /** @param reftrail the instance whose filter may have bound the request */
    public CurrentExchange(Reftrail reftrail) {
        this.reftrail = reftrail;
    }

    private static boolean isPresent(String type) {
        return ClassUtils.isPresent(type, CurrentExchange.class.getClassLoader());
    }

    /**
     * Returns the request, or {@code null} outside of a request, and for a request that has ended, which a thread may have
     * inherited.
     */
    public @Nullable ServletCookieExchange find() {
        if (reftrail.visits().currentExchange() instanceof ServletCookieExchange served) {
            return served;
        }
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                        && isActive(attributes)
                ? new ServletCookieExchange(attributes.getRequest(), attributes.getResponse())
                : null;
    }

    private static boolean isActive(ServletRequestAttributes attributes) {
        try {
            attributes.getAttribute(CurrentExchange.class.getName(), RequestAttributes.SCOPE_REQUEST);
            return true;
        } catch (IllegalStateException ended) {
            return false;
        }
    }

    /** Returns the exchange of any framework, or {@code null} outside of a request. Works without servlets on the class path. */
    static @Nullable CookieExchange any(Reftrail reftrail) {
        CookieExchange served = reftrail.visits().currentExchange();
        return served == null && HAS_SERVLETS ? Servlets.find(reftrail) : served;
    }

    /** Returns the route of the request that Spring's {@link RequestContextHolder} holds, or {@code null}. */
    public static @Nullable String route() {
        return HAS_SERVLETS ? Servlets.route() : null;
    }

    /** Loaded only where servlets are on the class path. */
    private static final class Servlets {

        static @Nullable CookieExchange find(Reftrail reftrail) {
            return new CurrentExchange(reftrail).find();
        }

        static @Nullable String route() {
            return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                            && isActive(attributes)
                    ? new ServletCookieExchange(attributes.getRequest(), null).route()
                    : null;
        }
    }
}
