package io.reftrail.servlet;

import io.reftrail.Reftrail;
import io.reftrail.capture.CaptureRule;
import io.reftrail.servlet.ConsentPolicy.Consent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * Brings click ids home to browsers whose click was exchanged since. Looks at the cookies of requests only where a backend
 * exchanges clicks, and leaves pictures, styles and scripts alone, because a response with a cookie is kept out of caches.
 */
final class HandOver {

    private final Reftrail reftrail;
    private final FilterSettings settings;

    HandOver(Reftrail reftrail, FilterSettings settings) {
        this.reftrail = reftrail;
        this.settings = settings;
    }

    void run(HttpServletRequest request, HttpServletResponse response) {
        if (reftrail.exchangesClicks()
                && carriesCompanion(request)
                && !settings.isExcluded(request)
                && !Navigation.isSubresource(request)
                && !Navigation.isPrefetch(request)
                && settings.consent().decide(request) == Consent.GRANTED) {
            reftrail.handOver(new ServletCookieExchange(request, response));
        }
    }

    /** Most requests say so with their first header line; HTTP/2 may cut cookies into many (RFC 9113, section 8.2.3). */
    private static boolean carriesCompanion(HttpServletRequest request) {
        String first = request.getHeader("Cookie");
        if (first == null || first.contains(CaptureRule.COMPANION_PREFIX)) {
            return first != null;
        }
        return "HTTP/2.0".equals(request.getProtocol()) && anyLineCarries(request.getHeaders("Cookie"));
    }

    private static boolean anyLineCarries(@Nullable Enumeration<String> lines) {
        while (lines != null && lines.hasMoreElements()) {
            if (lines.nextElement().contains(CaptureRule.COMPANION_PREFIX)) {
                return true;
            }
        }
        return false;
    }
}
