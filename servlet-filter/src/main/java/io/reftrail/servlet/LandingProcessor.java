package io.reftrail.servlet;

import io.reftrail.Reftrail;
import io.reftrail.capture.CaptureResult;
import io.reftrail.capture.CapturedQuery;
import io.reftrail.capture.CookieExchange;
import io.reftrail.capture.ReferralCapture;
import io.reftrail.capture.Visit;
import io.reftrail.servlet.ConsentPolicy.Consent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import java.util.regex.Pattern;

/** Decides, row by row of the capture table in {@code docs/clicks.md}, what becomes of a captured request. */
final class LandingProcessor {

    /** A session's id may stand there, which is nobody's business. */
    private static final Pattern PATH_PARAMETERS = Pattern.compile(";[^/]*");

    private final Reftrail reftrail;
    private final ReferralCapture capture;
    private final FilterSettings settings;

    LandingProcessor(Reftrail reftrail, FilterSettings settings) {
        this.reftrail = reftrail;
        this.capture = reftrail.capture();
        this.settings = settings;
    }

    Landing process(CapturedQuery query, HttpServletRequest request, HttpServletResponse response) {
        if (settings.isExcluded(request)) {
            return Landing.UNTOUCHED;
        }
        query.rejected().forEach(rejected -> capture.report(rejected.rule(), rejected.result()));
        if (query.clicks().isEmpty()) {
            return settings.strip() == StripMode.OFF ? Landing.UNTOUCHED : Landing.STRIPPED;
        }
        SharedCaches.keepOut(request, response);
        if (Navigation.isHead(request) || Navigation.isCrawler(request.getHeader("User-Agent"))) {
            return withoutCookie(CaptureResult.CRAWLER, query, request, response);
        }
        if (Navigation.isPartOfAPage(request)) {
            return withoutCookie(CaptureResult.PART_OF_A_PAGE, query, request, response);
        }
        Consent consent = Objects.requireNonNull(settings.consent().decide(request), "the consent policy's decision");
        if (consent == Consent.REFUSED) {
            return withoutCookie(CaptureResult.CONSENT_REFUSED, query, request, response);
        }
        if (consent == Consent.PENDING) {
            query.clicks().forEach(click -> capture.report(click.rule(), CaptureResult.CONSENT_PENDING));
            return Landing.UNTOUCHED;
        }
        CookieExchange exchange = new ServletCookieExchange(request, response);
        Visit visit = visit(request);
        query.clicks().forEach(click -> reftrail.land(click, exchange, visit));
        return strip(query, request, response);
    }

    private static Visit visit(HttpServletRequest request) {
        String query = request.getQueryString();
        String page = request.getRequestURL().toString();
        return new Visit(
                (page.indexOf(';') < 0 ? page : PATH_PARAMETERS.matcher(page).replaceAll("")) + "?" + query,
                request.getHeader("Referer"),
                query,
                Navigation.isPrefetch(request));
    }

    private Landing withoutCookie(
            CaptureResult result, CapturedQuery query, HttpServletRequest request, HttpServletResponse response) {
        query.clicks().forEach(click -> capture.report(click.rule(), result));
        return strip(query, request, response);
    }

    private Landing strip(CapturedQuery query, HttpServletRequest request, HttpServletResponse response) {
        if (settings.strip() == StripMode.OFF) {
            return Landing.UNTOUCHED;
        }
        if (settings.strip() != StripMode.REDIRECT
                || !Navigation.isPageLoad(request)
                || !CleanLocation.isKnown(request.getRequestURI())) {
            return Landing.STRIPPED;
        }
        response.setHeader(SharedCaches.CACHE_CONTROL, SharedCaches.NO_STORE);
        response.setHeader("Location", CleanLocation.of(request.getRequestURI(), query.remaining()));
        response.setStatus(HttpServletResponse.SC_FOUND);
        return Landing.REDIRECTED;
    }
}
