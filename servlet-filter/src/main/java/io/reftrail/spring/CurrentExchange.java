package io.reftrail.spring;

import io.reftrail.Reftrail;
import io.reftrail.servlet.ServletCookieExchange;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Finds the request that the current thread serves: through the capture filter where that stands around the caller, or
 * through Spring's {@link RequestContextHolder}. Thread-safe.
 */
public final class CurrentExchange {

    private final Reftrail reftrail;

    /** @param reftrail whose filter may have said which request it is */
    public CurrentExchange(Reftrail reftrail) {
        this.reftrail = reftrail;
    }

    /** Returns {@code null} where no request is served, or one that has ended: a thread may have inherited it. */
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
}
