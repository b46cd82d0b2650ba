package io.reftrail.capture;

import io.reftrail.model.Decision;

/** The result for one visit from outside. Visits within the site have none. */
public enum TouchResult implements Decision.Reason {
    /** A new touch: the cookie is set. */
    RECORDED,
    /** The visit belongs to the session of the latest touch: the same source within 30 minutes. */
    SAME_SESSION,
    /** The visitor comes back from a payment or sign-in page. */
    RETURNED,
    /** A crawler or a link preview: no cookie. */
    CRAWLER,
    /** The visitor refuses consent: no cookie. */
    CONSENT_REFUSED,
    /** The visitor has not decided yet: no cookie. */
    CONSENT_PENDING,
    /** The path is excluded by the configuration: no cookie. */
    EXCLUDED,
    /** The cookie would exceed the limit for the response's header. */
    NO_ROOM,
    /** Reftrail or the application's consent policy failed: no cookie. */
    FAILED;

    @Override
    public Decision.Stage stage() {
        return Decision.Stage.TOUCH;
    }
}
