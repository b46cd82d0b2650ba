package io.reftrail.capture;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of an HTTP exchange that attribution needs: the cookies of the request, and a way to set cookies on the response. An
 * implementation for a stack without servlets has to provide only the first three methods.
 */
public interface CookieExchange {

    /** Returns the values of the request's {@code Cookie} header lines, unchanged; empty if there is none. */
    List<String> cookieHeaders();

    /** Returns whether the visitor's connection is encrypted. */
    boolean isSecure();

    /**
     * Adds a {@code Set-Cookie} header line and marks the response as not cacheable by shared caches. Does nothing if the response is
     * already committed.
     */
    void addSetCookie(String setCookie);

    /** Returns the visitor who makes the request; {@link Visitor#UNKNOWN} unless overridden. */
    default Visitor visitor() {
        return Visitor.UNKNOWN;
    }

    /**
     * Returns the pattern of the route that serves the request, such as {@code /products/{id}}, or {@code null} if it is unknown;
     * always {@code null} unless overridden. Decisions hold it, so it never contains ids.
     */
    default @Nullable String route() {
        return null;
    }

    /**
     * Returns the name of the host as the browser sees it, without a port, or {@code null} if it is unknown; always {@code null}
     * unless overridden. With it, cookies that a page script has set for the host's parent domains can be expired.
     */
    default @Nullable String host() {
        return null;
    }

    /**
     * Returns the first value of a parameter of the request, from its query or from the form that it posts, or {@code null} if
     * there is none; always {@code null} unless overridden. Called only when a sign-up or sign-in is reported: by then the
     * application has read the form.
     */
    default @Nullable String parameter(String name) {
        return null;
    }

    /** Returns whether {@link #markReported} was called for this backend; always {@code false} unless overridden. */
    default boolean isReported(String backend) {
        return false;
    }

    /**
     * Marks this backend's click as handled for the rest of the exchange, because the request still carries its cookie. Does nothing
     * unless overridden.
     */
    default void markReported(String backend) {}
}
