package io.reftrail.servlet;

import io.reftrail.Reftrail;
import io.reftrail.VisitTracking;
import io.reftrail.capture.CaptureResult;
import io.reftrail.capture.CaptureRule;
import io.reftrail.capture.CapturedQuery;
import io.reftrail.capture.CapturedQuery.CapturedClick;
import io.reftrail.capture.ReferralCapture;
import io.reftrail.capture.RequestKind;
import io.reftrail.capture.Visit;
import io.reftrail.servlet.ConsentPolicy.Consent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A handler of requests with a captured parameter, by the capture table in {@code docs/clicks.md}. Thread-safe. */
final class LandingHandler {

    /** The header that explains to a developer what was done; never set by default. */
    static final String EXPLANATION = "Reftrail-Decision";

    /** Path parameters may contain a session id, which vendors must not receive. */
    private static final Pattern PATH_PARAMETERS = Pattern.compile(";[^/]*");

    /** The part of a response's header that the server adds itself: status line, date, length and the like. */
    private static final int RESERVED_HEADER_BYTES = 512;

    /** The estimated upper limit, in bytes, of a click's metadata and of the attributes of its two cookies. */
    private static final int COOKIE_BYTES = 450;

    /** Most visitors have one of a few user agents, so the answers for the latest ones are remembered. */
    private static final int REMEMBERED_AGENTS = 500;

    private static final int LONGEST_REMEMBERED_AGENT = 400;

    /** The length up to which there is always room for a single click id. */
    private static final int SHORT_CLICK_ID = 100;

    /** The way in which the request proceeds. */
    enum Result {
        /** With its parameters. */
        UNCHANGED,
        /** Without the captured parameters. */
        STRIPPED,
        /** Not at all: the response is complete. */
        REDIRECTED
    }

    private final VisitTracking visits;
    private final ReferralCapture capture;
    private final FilterSettings settings;
    private final Map<String, Boolean> crawlers = new ConcurrentHashMap<>();
    private final RecentRedirects recentRedirects = new RecentRedirects();

    LandingHandler(Reftrail reftrail, FilterSettings settings) {
        this.visits = reftrail.visits();
        this.capture = visits.capture();
        this.settings = settings;
    }

    Result handle(CapturedQuery query, HttpServletRequest request, HttpServletResponse response) {
        ServletCookieExchange exchange = ServletCookieExchange.ofLanding(request, response);
        if (settings.isExcluded(request)) {
            ignore(CaptureResult.EXCLUDED, query, exchange);
            return Result.UNCHANGED;
        }
        query.rejected().forEach(rejected -> report(rejected.rule(), rejected.result(), exchange));
        if (query.removed().isEmpty()) {
            return Result.UNCHANGED;
        }
        if (query.clicks().isEmpty()) {
            if (query.rejected().stream().anyMatch(rejected -> rejected.result() == CaptureResult.NOT_A_VISIT)) {
                CacheControl.forbidStoring(request, response);
            }
            return stripped();
        }
        CacheControl.forbidStoring(request, response);
        if (isCrawler(request)) {
            ignore(CaptureResult.CRAWLER, query, exchange);
            return stripWithoutCookie(query, request, response);
        }
        Consent consent = Objects.requireNonNull(settings.consent().decide(request), "the consent policy's decision");
        if (consent == Consent.REFUSED) {
            ignore(CaptureResult.CONSENT_REFUSED, query, exchange);
            return stripWithoutCookie(query, request, response);
        }
        if (consent == Consent.PENDING) {
            ignore(CaptureResult.CONSENT_PENDING, query, exchange);
            return Result.UNCHANGED;
        }
        Visit visit = visit(request);
        boolean isOnly = query.clicks().size() == 1;
        Set<CaptureResult> results = EnumSet.noneOf(CaptureResult.class);
        query.clicks().forEach(click -> results.add(store(click, isOnly, exchange, visit, response)));
        return strip(results, query, request, response);
    }

    /** Reports that a failure prevented the capture. */
    void failed(CapturedQuery query, HttpServletRequest request, HttpServletResponse response) {
        ignore(CaptureResult.FAILED, query, new ServletCookieExchange(request, response));
    }

    /**
     * Returns whether a crawler sends the request. A request whose headers say that the visitor has activated the navigation is not
     * a crawler's, whatever its {@code User-Agent}.
     */
    boolean isCrawler(HttpServletRequest request) {
        if ("?1".equals(RequestHeaders.first(request, "Sec-Fetch-User"))) {
            return false;
        }
        String agent = RequestHeaders.first(request, "User-Agent");
        if (agent == null || agent.length() > LONGEST_REMEMBERED_AGENT) {
            return Crawlers.areNamedIn(agent);
        }
        if (crawlers.size() >= REMEMBERED_AGENTS) {
            crawlers.clear();
        }
        return crawlers.computeIfAbsent(agent, Crawlers::areNamedIn);
    }

    private static Visit visit(HttpServletRequest request) {
        String query = request.getQueryString();
        String page = request.getRequestURL().toString();
        return new Visit(
                withoutPathParameters(page) + "?" + query,
                RequestHeaders.first(request, "Referer"),
                query,
                RequestKind.isPrefetch(name -> RequestHeaders.first(request, name)));
    }

    static String withoutPathParameters(String address) {
        return address.indexOf(';') < 0
                ? address
                : PATH_PARAMETERS.matcher(address).replaceAll("");
    }

    private CaptureResult store(
            CapturedClick click,
            boolean isOnly,
            ServletCookieExchange exchange,
            Visit visit,
            HttpServletResponse response) {
        boolean small = isOnly && click.clickId().length() <= SHORT_CLICK_ID;
        if (!small && 2 * click.clickId().length() + COOKIE_BYTES > room(response)) {
            report(click.rule(), CaptureResult.NO_ROOM, exchange);
            return CaptureResult.NO_ROOM;
        }
        CaptureResult result = visits.recordLanding(click, exchange, visit); // records the decision too
        explain(click.rule(), result, response);
        return result;
    }

    private void ignore(CaptureResult result, CapturedQuery query, ServletCookieExchange exchange) {
        query.clicks().forEach(click -> report(click.rule(), result, exchange));
    }

    private void report(CaptureRule rule, CaptureResult result, ServletCookieExchange exchange) {
        visits.notCaptured(rule, result, exchange);
        explain(rule, result, exchange.response());
    }

    private void explain(CaptureRule rule, CaptureResult result, @Nullable HttpServletResponse response) {
        if (settings.explain() && response != null && !response.isCommitted()) {
            String decision = result.isClick() ? "captured; " : "ignored; ";
            String reason = result == CaptureResult.CAPTURED ? "" : "; " + result.text();
            response.addHeader(EXPLANATION, decision + rule.backend() + reason);
        }
    }

    private Result stripped() {
        return settings.strip() == StripMode.OFF ? Result.UNCHANGED : Result.STRIPPED;
    }

    private Result strip(
            Set<CaptureResult> results, CapturedQuery query, HttpServletRequest request, HttpServletResponse response) {
        if (settings.strip() == StripMode.OFF
                || !browserKeepsCookie(request)
                || !isOfCookieDomain(request)
                || results.contains(CaptureResult.FAILED)
                || results.contains(CaptureResult.NO_ROOM)) {
            return Result.UNCHANGED;
        }
        boolean isNew = results.contains(CaptureResult.CAPTURED) || results.contains(CaptureResult.PREFETCHED);
        boolean redirect = settings.strip() == StripMode.REDIRECT
                && isShown(request)
                && (isNew || !results.contains(CaptureResult.REPEATED))
                && CleanUrlRedirect.send(query, !isNew || returns(request), request, response, room(response));
        return redirect ? Result.REDIRECTED : Result.STRIPPED;
    }

    /** Returns whether the browser had a click before this one. */
    private boolean returns(HttpServletRequest request) {
        // Most landings have no cookie at all, which this shows without an allocation.
        return RequestHeaders.first(request, "Cookie") != null
                && RequestHeaders.all(request, "Cookie").stream().anyMatch(capture::mayHoldClick);
    }

    /**
     * Without a cookie, the process itself remembers the redirect for some seconds, which ends a loop if the application adds the
     * parameter.
     */
    private Result stripWithoutCookie(CapturedQuery query, HttpServletRequest request, HttpServletResponse response) {
        if (settings.strip() != StripMode.REDIRECT || !isShown(request)) {
            return stripped();
        }
        boolean redirect =
                recentRedirects.add(request) && CleanUrlRedirect.send(query, false, request, response, room(response));
        return redirect ? Result.REDIRECTED : Result.STRIPPED;
    }

    /** Returns whether the browser shows the page, so that a redirect changes the address bar. */
    private static boolean isShown(HttpServletRequest request) {
        String mode = RequestHeaders.first(request, "Sec-Fetch-Mode");
        if (mode != null) {
            return mode.equals("navigate");
        }
        String accept = RequestHeaders.first(request, "Accept");
        return accept != null && accept.toLowerCase(Locale.ROOT).contains("html");
    }

    /**
     * Returns whether the browser keeps the cookie. It drops a {@code Secure} cookie of an unencrypted connection. If a proxy ends
     * TLS and no header says so, Fetch Metadata proves an encrypted connection: except to localhost, browsers send it on no other.
     */
    private boolean browserKeepsCookie(HttpServletRequest request) {
        return !capture.needsEncryptedConnection()
                || request.isSecure()
                || RequestHeaders.first(request, "Sec-Fetch-Mode") != null
                || contains(request, "X-Forwarded-Proto", "https")
                || contains(request, "Forwarded", "proto=https")
                || contains(request, "X-Forwarded-Ssl", "on")
                || contains(request, "Front-End-Https", "on");
    }

    /**
     * Returns whether the host may be one of the cookies' domain; a browser drops the cookie of another domain. Behind a proxy the name
     * may be the application's own, which has no dot or is an address, or stand in a header.
     */
    private boolean isOfCookieDomain(HttpServletRequest request) {
        String domain = capture.cookieDomain();
        if (domain == null) {
            return true;
        }
        String host = request.getServerName();
        return host.indexOf('.') < 0
                || host.indexOf(':') >= 0
                || Character.isDigit(host.charAt(host.length() - 1))
                || ("." + host).toLowerCase(Locale.ROOT).endsWith("." + domain.toLowerCase(Locale.ROOT))
                || contains(request, "X-Forwarded-Host", domain)
                || contains(request, "Forwarded", domain);
    }

    private static boolean contains(HttpServletRequest request, String header, String text) {
        @Nullable String value = RequestHeaders.first(request, header);
        return value != null
                && value.toLowerCase(Locale.ROOT).replace("\"", "").contains(text.toLowerCase(Locale.ROOT));
    }

    /** Returns how many bytes the response's header has left. */
    int room(HttpServletResponse response) {
        int used = RESERVED_HEADER_BYTES;
        String[] names = response.getHeaderNames().toArray(new String[0]);
        for (int i = 0; i < names.length; i++) {
            if (isFirst(names, i)) {
                for (String value : response.getHeaders(names[i])) {
                    used += names[i].length() + value.length() + 4;
                }
            }
        }
        return settings.responseHeaderLimit() - used;
    }

    /** Tomcat returns the name of a header as often as the header has lines. */
    private static boolean isFirst(String[] names, int index) {
        for (int i = 0; i < index; i++) {
            if (names[i].equalsIgnoreCase(names[index])) {
                return false;
            }
        }
        return true;
    }

    /** The latest redirects without a cookie, as hashes of client and address. Thread-safe. */
    private static final class RecentRedirects {

        private static final int CAPACITY = 1_000;
        private static final long NANOS = Duration.ofSeconds(10).toNanos();

        private final Map<Integer, Long> times = new LinkedHashMap<>() {

            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, Long> eldest) {
                return size() > CAPACITY;
            }
        };

        /** Returns whether the client has not been redirected from the same address within the last seconds. */
        boolean add(HttpServletRequest request) {
            int key = Objects.hash(
                    request.getRemoteAddr(),
                    RequestHeaders.first(request, "User-Agent"),
                    request.getRequestURI(),
                    request.getQueryString());
            long now = System.nanoTime();
            synchronized (times) {
                Long before = times.remove(key);
                times.put(key, now);
                return before == null || now - before > NANOS;
            }
        }
    }
}
