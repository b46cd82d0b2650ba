package io.reftrail.capture;

import java.util.List;

/**
 * The part of an HTTP exchange that attribution needs: the cookies of the request and a way to set some on the
 * response. Lets core read and write cookies without knowing servlets; any other stack implements the first three methods.
 */
public interface CookieExchange {

    /** The values of the request's {@code Cookie} header lines, as they were sent; empty if there is none. */
    List<String> cookieHeaders();

    /** Whether the visitor's connection is encrypted. */
    boolean isSecure();

    /**
     * Adds a {@code Set-Cookie} header line and keeps the response out of shared caches. Does nothing where the
     * response has already been sent.
     */
    void addSetCookie(String setCookie);

    /** Who makes the request. {@link Visitor#UNKNOWN} unless overridden. */
    default Visitor visitor() {
        return Visitor.UNKNOWN;
    }

    /** Whether {@link #markReported} was called for this backend. Always {@code false} unless overridden. */
    default boolean isReported(String backend) {
        return false;
    }

    /**
     * Remembers for the rest of the exchange that this backend's click was reported, or its customer found to be no lead:
     * the cookie still stands in the request. Nothing is remembered unless overridden.
     */
    default void markReported(String backend) {}
}
