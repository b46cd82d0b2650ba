package io.reftrail.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What kind of visit a request is, from its method and its headers alone. */
final class Navigation {

    /**
     * Words that crawlers and link previews put into their user agents. A phone named Cubot is none, however it is
     * joined to its model, nor is a browser inside an app, which names the app at the end.
     */
    private static final Pattern CRAWLER = Pattern.compile(
            "(?i)(?<!cu)bot(?![a-z0-9])|(?<!cu)bots\\b|crawl|spider|slurp|facebookexternalhit|facebookcatalog|facebot"
                    + "|^whatsapp/|skypeuripreview|embedly|link.?preview|vkshare|mediapartners-google"
                    + "|feedfetcher-google|google-inspectiontool|bingpreview|lighthouse");

    /** What is loaded for itself; {@code empty} is a script's own request. */
    private static final Set<String> WHOLE = Set.of("document", "iframe", "frame", "empty");

    private Navigation() {}

    static boolean isHead(HttpServletRequest request) {
        return "HEAD".equals(request.getMethod());
    }

    /** Whether a visitor's browser loads a page, so that a redirect shows in the address bar (Fetch Metadata). */
    static boolean isPageLoad(HttpServletRequest request) {
        if (!"GET".equals(request.getMethod()) && !isHead(request)) {
            return false;
        }
        String mode = request.getHeader("Sec-Fetch-Mode");
        return mode == null ? contains(request.getHeader("Accept"), "text/html") : mode.equals("navigate");
    }

    /** Whether the browser loads the page before the visitor has asked for it. */
    static boolean isPrefetch(HttpServletRequest request) {
        return contains(request.getHeader("Sec-Purpose"), "prefetch")
                || contains(request.getHeader("Purpose"), "prefetch")
                || contains(request.getHeader("X-Moz"), "prefetch");
    }

    /** Whether the user agent names itself a crawler or fetches a link's preview. */
    static boolean isCrawler(@Nullable String userAgent) {
        return userAgent != null && CRAWLER.matcher(userAgent).find();
    }

    /** Whether the browser loads a part of a page: a picture, a style sheet, a script (Fetch Metadata). */
    static boolean isSubresource(HttpServletRequest request) {
        String destination = request.getHeader("Sec-Fetch-Dest");
        return destination == null ? !isPageLoad(request) : !WHOLE.contains(destination);
    }

    private static boolean contains(@Nullable String header, String token) {
        return header != null && header.toLowerCase(Locale.ROOT).contains(token);
    }
}
