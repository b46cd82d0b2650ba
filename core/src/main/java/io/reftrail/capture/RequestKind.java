package io.reftrail.capture;

import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The kind of a request, from its method and headers. Only a visit is a click: the top-level navigation of a browser. Scripts, frames,
 * images, beacons and CORS preflights request links too, without a visitor who has followed one.
 *
 * <p>Browsers declare what a request is for by Fetch Metadata (w3.org/TR/fetch-metadata) on encrypted connections and on
 * {@code localhost}. Without these headers {@code Accept} decides, because all browsers ask for {@code text/html} in a navigation and
 * none of them in a script's request by default.
 */
public enum RequestKind {
    /** A top-level navigation, or its prefetch: a browser loads a page to show it. */
    NAVIGATION,
    /** A GET request without a header that shows its kind: it is not from a browser, or a proxy removes headers. */
    UNDECLARED,
    /** Anything else. */
    OTHER;

    /**
     * Returns the kind of a request.
     *
     * @param method the HTTP method
     * @param header the function that returns the value of a header by its name, or {@code null} without one
     */
    public static RequestKind of(String method, UnaryOperator<@Nullable String> header) {
        if (!"GET".equals(method)) {
            return OTHER;
        }
        String mode = header.apply("Sec-Fetch-Mode");
        String destination = header.apply("Sec-Fetch-Dest");
        if (mode != null || destination != null) {
            boolean page = (mode == null || mode.equals("navigate"))
                    && (destination == null || destination.equals("document"));
            return page || isPrefetchOfALink(mode, destination, header) ? NAVIGATION : OTHER;
        }
        String accept = header.apply("Accept");
        if (accept == null) {
            return UNDECLARED;
        }
        return isHtml(accept) || isPrefetch(header) ? NAVIGATION : OTHER;
    }

    /** Returns whether a browser loads the page in advance, before the visitor has followed the link. */
    public static boolean isPrefetch(UnaryOperator<@Nullable String> header) {
        return contains(header.apply("Sec-Purpose"), "prefetch")
                || contains(header.apply("Purpose"), "prefetch")
                || contains(header.apply("X-Moz"), "prefetch");
    }

    /** {@code <link rel=prefetch>} names no destination, because the browser does not know it yet. */
    private static boolean isPrefetchOfALink(
            @Nullable String mode, @Nullable String destination, UnaryOperator<@Nullable String> header) {
        return "no-cors".equals(mode) && "empty".equals(destination) && isPrefetch(header);
    }

    private static boolean isHtml(String accept) {
        return contains(accept, "text/html") || contains(accept, "application/xhtml+xml");
    }

    private static boolean contains(@Nullable String header, String token) {
        return header != null && header.toLowerCase(Locale.ROOT).contains(token);
    }
}
