package io.reftrail.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The classification of a request as a visit, by its method and headers alone. */
final class Navigation {

    /** Words that crawlers and link previews put into their user agents, in lower case. */
    private static final List<String> CRAWLERS = List.of(
            "crawl",
            "spider",
            "slurp",
            "facebookexternalhit",
            "facebookcatalog",
            "facebot",
            "skypeuripreview",
            "embedly",
            "vkshare",
            "mediapartners-google",
            "feedfetcher-google",
            "google-inspectiontool",
            "bingpreview",
            "lighthouse");

    /** A phone named Cubot is no crawler, however it is joined to its model. */
    private static final Pattern BOT = Pattern.compile("(?<!cu)bot(?![a-z0-9])|(?<!cu)bots\\b");

    private static final Pattern LINK_PREVIEW = Pattern.compile("link.?preview");

    /** What is loaded for itself; {@code empty} is a script's own request. */
    private static final Set<String> WHOLE = Set.of("document", "iframe", "frame", "empty");

    private Navigation() {}

    static boolean isHead(HttpServletRequest request) {
        return "HEAD".equals(request.getMethod());
    }

    /** Returns whether the browser loads a page, so that a redirect shows in the address bar (Fetch Metadata). */
    static boolean isPageLoad(HttpServletRequest request) {
        if (!"GET".equals(request.getMethod()) && !isHead(request)) {
            return false;
        }
        String mode = RequestHeaders.first(request, "Sec-Fetch-Mode");
        return mode == null ? contains(RequestHeaders.first(request, "Accept"), "text/html") : mode.equals("navigate");
    }

    /** Returns whether the browser prefetches the page. */
    static boolean isPrefetch(HttpServletRequest request) {
        return contains(RequestHeaders.first(request, "Sec-Purpose"), "prefetch")
                || contains(RequestHeaders.first(request, "Purpose"), "prefetch")
                || contains(RequestHeaders.first(request, "X-Moz"), "prefetch");
    }

    /**
     * Returns whether the user agent identifies itself as a crawler or fetches a link's preview. A browser inside an app, which
     * names the app at the end, is none.
     */
    static boolean isCrawler(@Nullable String userAgent) {
        if (userAgent == null) {
            return false;
        }
        String agent = userAgent.toLowerCase(Locale.ROOT);
        return (agent.contains("bot") && BOT.matcher(agent).find())
                || namesACrawler(agent)
                || (agent.contains("preview") && LINK_PREVIEW.matcher(agent).find())
                || agent.startsWith("whatsapp/");
    }

    private static boolean namesACrawler(String agent) {
        for (String crawler : CRAWLERS) {
            if (agent.contains(crawler)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns whether the browser states that it loads a part of a page: an image, a style sheet, a script (Fetch Metadata).
     */
    static boolean isPartOfAPage(HttpServletRequest request) {
        String destination = RequestHeaders.first(request, "Sec-Fetch-Dest");
        return destination != null && !WHOLE.contains(destination);
    }

    /** Returns whether the browser loads a part of a page, or makes no statement and does not seem to load a whole page. */
    static boolean isSubresource(HttpServletRequest request) {
        return RequestHeaders.first(request, "Sec-Fetch-Dest") == null ? !isPageLoad(request) : isPartOfAPage(request);
    }

    private static boolean contains(@Nullable String header, String token) {
        return header != null && header.toLowerCase(Locale.ROOT).contains(token);
    }
}
