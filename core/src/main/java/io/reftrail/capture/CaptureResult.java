package io.reftrail.capture;

import io.reftrail.model.Decision;

/** The result for one captured parameter, as in the capture table in {@code docs/clicks.md}. */
public enum CaptureResult implements Decision.Reason {
    /** A new click. The cookie is set. */
    CAPTURED,
    /** The same click id again. Its window is renewed. */
    RENEWED,
    /** The first click is kept, or this partner's code has been exchanged before. The cookie is unchanged. */
    KEPT,
    /** The browser prefetches the page. The cookie is set, but no click is reported. */
    PREFETCHED,
    /** A crawler, a link preview or a HEAD request. No cookie is set. */
    CRAWLER,
    /** The browser loads an image, a script or another part of a page. No cookie is set. */
    PART_OF_A_PAGE,
    /** The visitor has refused consent. No cookie is set. */
    CONSENT_REFUSED,
    /** The visitor has not decided. Nothing is stored, and the parameter stays in the URL. */
    CONSENT_PENDING,
    /** The parameter has no value. */
    EMPTY,
    /** The value is longer than the backend accepts. */
    TOO_LONG,
    /** The value is malformed: broken percent-encoding, or characters that a click id cannot have. */
    MALFORMED;

    @Override
    public Decision.Stage stage() {
        return Decision.Stage.LANDING;
    }
}
