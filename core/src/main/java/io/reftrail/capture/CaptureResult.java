package io.reftrail.capture;

import io.reftrail.model.Decision;

/** What became of one captured parameter. The rows of the capture table in {@code docs/clicks.md}. */
public enum CaptureResult implements Decision.Reason {
    /** A new click: cookie set. */
    CAPTURED,
    /** The same click id again: its window is renewed. */
    RENEWED,
    /** First click counts and there is one already, or this partner's code has been exchanged before: cookie left alone. */
    KEPT,
    /** The browser loads the page ahead of the visitor: cookie set, but nobody has clicked yet. */
    PREFETCHED,
    /** A crawler, a link preview or a HEAD request: no cookie. */
    CRAWLER,
    /** The browser loads a picture, a script or the like, and the visitor has opened no link: no cookie. */
    PART_OF_A_PAGE,
    /** The visitor has refused: no cookie. */
    CONSENT_REFUSED,
    /** The visitor has not decided: nothing stored, the parameter stays in the URL. */
    CONSENT_PENDING,
    /** The parameter has no value. */
    EMPTY,
    /** The value is longer than the backend takes. */
    TOO_LONG,
    /** The value is not well-formed: broken percent-encoding, or characters that no click id has. */
    MALFORMED;

    @Override
    public Decision.Stage stage() {
        return Decision.Stage.LANDING;
    }
}
