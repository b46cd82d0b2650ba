package io.reftrail.servlet;

/** How a request with a captured parameter goes on. */
enum Landing {
    /** As it came. */
    UNTOUCHED,
    /** As it came, with a cookie on its response. */
    KEPT,
    /** Without the captured parameters. */
    STRIPPED,
    /** Not at all: the response is complete. */
    REDIRECTED
}
