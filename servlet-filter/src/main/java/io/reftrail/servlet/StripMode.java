package io.reftrail.servlet;

/** The ways in which captured parameters are removed from the URL. */
public enum StripMode {
    /** A navigation is redirected to the clean URL; other requests are handled as with {@link #WRAP}. */
    REDIRECT,
    /** The address bar keeps the parameters; the application does not see them. */
    WRAP,
    /** The parameters stay. */
    OFF
}
