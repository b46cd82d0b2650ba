package io.reftrail.servlet;

/** How a request with a captured parameter goes on. */
enum Landing {
    /** As it came. */
    UNTOUCHED,
    /** Without the captured parameters. */
    STRIPPED,
    /** Not at all: the response is complete. */
    REDIRECTED
}
