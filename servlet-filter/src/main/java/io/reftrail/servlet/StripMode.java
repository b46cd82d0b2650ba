package io.reftrail.servlet;

/** How captured parameters leave the URL. */
public enum StripMode {
    /** A navigation is redirected to the clean URL; for other requests as {@link #WRAP}. */
    REDIRECT,
    /** The address bar keeps the parameters; the application does not see them. */
    WRAP,
    /** Nobody hides them. */
    OFF
}
