package io.reftrail.servlet;

import io.reftrail.Reftrail;
import io.reftrail.servlet.ConsentPolicy.Consent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Brings click ids home to browsers whose click was exchanged since. To be asked for requests that
 * {@linkplain CarriedClick carry} one. Leaves pictures, styles and scripts alone, because a response with a cookie is kept out of caches.
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
                && !settings.isExcluded(request)
                && !Navigation.isSubresource(request)
                && !Navigation.isPrefetch(request)
                && settings.consent().decide(request) == Consent.GRANTED) {
            reftrail.handOver(new ServletCookieExchange(request, response));
        }
    }
}
