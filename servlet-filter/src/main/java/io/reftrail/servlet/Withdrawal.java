package io.reftrail.servlet;

import io.reftrail.Reftrail;
import io.reftrail.servlet.ConsentPolicy.Consent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Forgets the click of a visitor who refuses to have it kept: who has thought better of it, or uses a browser that says so now. To
 * be asked for requests that {@linkplain CarriedClick carry} one.
 */
final class Withdrawal {

    private final Reftrail reftrail;
    private final FilterSettings settings;

    Withdrawal(Reftrail reftrail, FilterSettings settings) {
        this.reftrail = reftrail;
        this.settings = settings;
    }

    /** Returns whether the visitor refuses; then the click's cookies are expired, and nobody reports it in this request. */
    boolean run(HttpServletRequest request, HttpServletResponse response) {
        boolean refused = !settings.isExcluded(request) && settings.consent().decide(request) == Consent.REFUSED;
        if (refused) {
            reftrail.forgetClick(new ServletCookieExchange(request, response));
        }
        return refused;
    }
}
