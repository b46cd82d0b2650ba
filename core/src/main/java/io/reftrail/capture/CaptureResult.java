package io.reftrail.capture;

import io.reftrail.model.Decision;

/** The result for one captured parameter. The table in {@code docs/clicks.md} describes when each one occurs. */
public enum CaptureResult implements Decision.Reason {
    /** A new click: the cookie is set. */
    CAPTURED,
    /** The same click again: its window is renewed. */
    RENEWED,
    /** The same click again within seconds: a reload, or an application that redirects to a URL with the parameter. */
    REPEATED,
    /**
     * The existing click is kept: by the first-click model, because the partner's code has already been exchanged, or because the
     * vendor takes the user agent for a robot's and does not record the new click.
     */
    KEPT,
    /** This browser has already used the click for a lead: no cookie. */
    USED,
    /** The browser loads the page in advance: the cookie is set, and no click is reported. */
    PREFETCHED,
    /** A crawler or a link preview: no cookie. */
    CRAWLER,
    /** Not a top-level navigation, but for example a script's request, a frame, a form or a preflight: no cookie. */
    NOT_A_VISIT,
    /** The visitor refuses consent: no cookie. */
    CONSENT_REFUSED,
    /** The visitor has not decided yet: no cookie, and the parameter stays in the URL. */
    CONSENT_PENDING,
    /** The path is excluded by the configuration: no cookie, and the parameter stays in the URL. */
    EXCLUDED,
    /** The value cannot be a partner's code, such as a URL, or is not in the configured list: it stays in the URL. */
    NOT_A_CODE,
    /** The parameter has no value. */
    EMPTY,
    /** The value is longer than the backend accepts. */
    TOO_LONG,
    /** The percent-encoding of the value is broken, or its octets are not UTF-8. */
    BROKEN_ENCODING,
    /** The value contains characters that no click id and no code has: spaces, control characters, separators, non-ASCII letters. */
    INVALID_CHARACTER,
    /** The cookies would exceed the limit for the response's header. */
    NO_ROOM,
    /** Reftrail or the application's consent policy failed: no cookie, and the parameter stays in the URL. */
    FAILED;

    /** Returns whether the visitor's cookies hold the click afterwards. */
    public boolean isClick() {
        return this == CAPTURED || this == RENEWED || this == REPEATED || this == KEPT || this == PREFETCHED;
    }

    @Override
    public Decision.Stage stage() {
        return Decision.Stage.LANDING;
    }
}
