package io.reftrail.servlet;

import io.reftrail.VisitTracking;
import io.reftrail.capture.CapturedQuery.CapturedClick;
import io.reftrail.capture.CookieExchange;
import io.reftrail.capture.TouchCapture;
import io.reftrail.capture.TouchCapture.Arrival;
import io.reftrail.capture.TouchCapture.Found;
import io.reftrail.capture.TouchResult;
import io.reftrail.journey.Touch;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Objects;

/** A handler of navigations that may come from outside, by the table of touches in {@code docs/attribution.md}. Thread-safe. */
final class TouchHandler {

    /** The upper limit, in bytes, of the cookie with its attributes. */
    private static final int COOKIE_BYTES = 1_200;

    private final VisitTracking visits;
    private final TouchCapture touches;
    private final FilterSettings settings;
    private final LandingHandler landings;

    TouchHandler(VisitTracking visits, TouchCapture touches, FilterSettings settings, LandingHandler landings) {
        this.visits = visits;
        this.touches = touches;
        this.settings = settings;
        this.landings = landings;
    }

    /** Returns whether a request may be a visit from outside. Allocates nothing. */
    static boolean mayBeTouch(HttpServletRequest request) {
        if (!"GET".equals(request.getMethod())) {
            return false;
        }
        String destination = RequestHeaders.first(request, "Sec-Fetch-Dest");
        if (destination == null ? RequestHeaders.first(request, "Accept") == null : !destination.equals("document")) {
            return false;
        }
        String host = request.getServerName();
        return host != null
                && !TouchCapture.isWithinSite(
                        host,
                        RequestHeaders.first(request, "Referer"),
                        RequestHeaders.first(request, "Sec-Fetch-Site"));
    }

    void handle(List<CapturedClick> clicks, HttpServletRequest request, HttpServletResponse response) {
        CookieExchange exchange = new ServletCookieExchange(request, response);
        Arrival arrival = new Arrival(
                Objects.requireNonNull(request.getServerName()),
                LandingHandler.withoutPathParameters(request.getRequestURI()),
                request.getQueryString(),
                RequestHeaders.first(request, "Referer"),
                RequestHeaders.first(request, "Sec-Fetch-Site"));
        Found found = touches.find(arrival, clicks, exchange);
        if (found != null) {
            visits.decided(result(found, exchange, request, response), null, null);
        }
    }

    private TouchResult result(
            Found found, CookieExchange exchange, HttpServletRequest request, HttpServletResponse response) {
        Touch touch = found.touch();
        if (settings.isExcluded(request)) {
            return TouchResult.EXCLUDED;
        }
        if (landings.isCrawler(request)) {
            return TouchResult.CRAWLER;
        }
        if (touch == null) {
            return found.result();
        }
        return switch (Objects.requireNonNull(settings.consent().decide(request), "the consent policy's decision")) {
            case REFUSED -> TouchResult.CONSENT_REFUSED;
            case PENDING -> TouchResult.CONSENT_PENDING;
            case GRANTED -> store(touch, exchange, response);
        };
    }

    private TouchResult store(Touch touch, CookieExchange exchange, HttpServletResponse response) {
        if (response.isCommitted() || landings.room(response) < COOKIE_BYTES) {
            return TouchResult.NO_ROOM;
        }
        touches.store(touch, exchange);
        return TouchResult.RECORDED;
    }

    void failed() {
        visits.decided(TouchResult.FAILED, null, null);
    }
}
