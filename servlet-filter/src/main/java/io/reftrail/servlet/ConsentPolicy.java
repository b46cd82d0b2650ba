package io.reftrail.servlet;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Whether a visitor's click may be kept. Asked only for requests that carry a captured parameter, on the request's
 * thread. If it throws or has no answer, nothing is kept and the request goes on as it came.
 */
@FunctionalInterface
public interface ConsentPolicy {

    /** Keeps every click. The default: whether consent is needed is for the site to know. */
    ConsentPolicy ALWAYS = request -> Consent.GRANTED;

    /** Takes {@code Sec-GPC: 1} (Global Privacy Control) for a refusal, everything else for consent. */
    ConsentPolicy GLOBAL_PRIVACY_CONTROL =
            request -> "1".equals(request.getHeader("Sec-GPC")) ? Consent.REFUSED : Consent.GRANTED;

    /** A visitor's decision. */
    enum Consent {
        /** The click is kept. */
        GRANTED,
        /** Nothing is kept; the parameters are stripped. */
        REFUSED,
        /** Nothing is kept; the parameters stay in the URL, so that the click can be captured after the decision. */
        PENDING
    }

    /** Returns the visitor's decision. Must not read the request's body or parameters. */
    Consent decide(HttpServletRequest request);
}
