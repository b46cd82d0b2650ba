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

/** Handles requests with a captured parameter, by the capture table in {@code docs/clicks.md}. Immutable. */
final class LandingHandler {

    /** Path parameters may contain a session id, which vendors must not receive. */
    private static final Pattern PATH_PARAMETERS = Pattern.compile(";[^/]*");

    /** The ways in which a request proceeds. */
    enum Result {
        /** With its parameters. */
        UNCHANGED,
        /** Without the captured parameters. */
        STRIPPED,
        /** Not at all: the response is complete. */
        REDIRECTED
    }

    private final Reftrail reftrail;
    private final ReferralCapture capture;
    private final FilterSettings settings;

    LandingHandler(Reftrail reftrail, FilterSettings settings) {
        this.reftrail = reftrail;
        this.capture = reftrail.visits().capture();
        this.settings = settings;
    }

    Result handle(CapturedQuery query, HttpServletRequest request, HttpServletResponse response) {
        if (settings.isExcluded(request)) {
            return Result.UNCHANGED;
        }
        query.rejected().forEach(rejected -> capture.report(rejected.rule(), rejected.result()));
        if (query.clicks().isEmpty()) {
            return settings.strip() == StripMode.OFF ? Result.UNCHANGED : Result.STRIPPED;
        }
        CacheControl.forbidStoring(request, response);
        if (Navigation.isHead(request) || Navigation.isCrawler(RequestHeaders.first(request, "User-Agent"))) {
            return ignore(CaptureResult.CRAWLER, query, request, response);
        }
        if (Navigation.isPartOfAPage(request)) {
            return ignore(CaptureResult.PART_OF_A_PAGE, query, request, response);
        }
        Consent consent = Objects.requireNonNull(settings.consent().decide(request), "the consent policy's decision");
        if (consent == Consent.REFUSED) {
            return ignore(CaptureResult.CONSENT_REFUSED, query, request, response);
        }
        if (consent == Consent.PENDING) {
            query.clicks().forEach(click -> capture.report(click.rule(), CaptureResult.CONSENT_PENDING));
            return Result.UNCHANGED;
        }
        CookieExchange exchange = new ServletCookieExchange(request, response);
        Visit visit = visit(request);
        query.clicks().forEach(click -> reftrail.visits().recordLanding(click, exchange, visit));
        return strip(query, request, response);
    }

    private static Visit visit(HttpServletRequest request) {
        String query = request.getQueryString();
        String page = request.getRequestURL().toString();
        return new Visit(
                (page.indexOf(';') < 0 ? page : PATH_PARAMETERS.matcher(page).replaceAll("")) + "?" + query,
                RequestHeaders.first(request, "Referer"),
                query,
                Navigation.isPrefetch(request));
    }

    private Result ignore(
            CaptureResult result, CapturedQuery query, HttpServletRequest request, HttpServletResponse response) {
        query.clicks().forEach(click -> capture.report(click.rule(), result));
        return strip(query, request, response);
    }

    private Result strip(CapturedQuery query, HttpServletRequest request, HttpServletResponse response) {
        if (settings.strip() == StripMode.OFF) {
            return Result.UNCHANGED;
        }
        if (settings.strip() != StripMode.REDIRECT
                || !Navigation.isPageLoad(request)
                || !CleanLocation.isKnown(request.getRequestURI())) {
            return Result.STRIPPED;
        }
        response.setHeader(CacheControl.NAME, CacheControl.NO_STORE);
        response.setHeader("Location", CleanLocation.of(request.getRequestURI(), query.remaining()));
        response.setStatus(HttpServletResponse.SC_FOUND);
        return Result.REDIRECTED;
    }
}
