package io.reftrail.servlet;

import io.reftrail.Reftrail;
import io.reftrail.VisitTracking;
import io.reftrail.capture.CapturedQuery;
import io.reftrail.capture.ReferralCapture;
import io.reftrail.capture.RequestKind;
import io.reftrail.capture.TouchCapture;
import io.reftrail.model.RedactedFailure;
import io.reftrail.servlet.ConsentPolicy.Consent;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of the {@link ReferralCaptureFilter} for one request. It expires the click of a visitor who refuses consent, captures a
 * touch and a landing, or gives the browser the click id that its click was exchanged for. Then it calls the application. Immutable.
 */
final class CaptureChain {

    private static final Logger logger = LoggerFactory.getLogger(ReferralCaptureFilter.class);

    private static final String HANDLED = ReferralCaptureFilter.class.getName() + ".HANDLED";

    /** The values of {@code Sec-Fetch-Dest} for pages; {@code empty} is that of a script's request. */
    private static final Set<String> PAGES = Set.of("document", "iframe", "frame", "empty");

    private final Reftrail reftrail;
    private final FilterSettings settings;
    private final LandingHandler landings;
    private final @Nullable TouchHandler touches;

    CaptureChain(Reftrail reftrail, FilterSettings settings) {
        this.reftrail = reftrail;
        this.settings = settings;
        this.landings = new LandingHandler(reftrail, settings);
        TouchCapture capture = reftrail.visits().touches();
        this.touches = capture == null ? null : new TouchHandler(reftrail.visits(), capture, settings, landings);
    }

    Reftrail reftrail() {
        return reftrail;
    }

    /** Returns whether the application was called; otherwise the response is complete. */
    boolean doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean click = carriesClick(reftrail.visits().capture(), request) && !expireIfRefused(request, response);
        CapturedQuery query = request.getQueryString() == null ? null : read(request);
        if (touches != null && TouchHandler.mayBeTouch(request)) {
            touch(touches, query, request, response);
        }
        if (query == null) {
            if (click) {
                handOverClickIds(request, response);
            }
            proceed(click, request, response, chain);
            return true;
        }
        LandingHandler.Result result = land(query, request, response);
        switch (result) {
            case UNCHANGED -> proceed(click, request, response, chain);
            case STRIPPED -> proceed(click, new StrippedRequest(request, query), response, chain);
            case REDIRECTED -> logger.debug("Redirected a landing to its clean URL");
        }
        return result != LandingHandler.Result.REDIRECTED;
    }

    /**
     * Returns whether a request has a cookie that can hold a click. Allocates nothing for a request whose cookies come in one header
     * line.
     */
    static boolean carriesClick(ReferralCapture capture, HttpServletRequest request) {
        String first = RequestHeaders.first(request, "Cookie");
        if (first == null) {
            return false;
        }
        if (capture.mayHoldClick(first)) {
            return true;
        }
        return mayHaveSeveralLines(request)
                && RequestHeaders.all(request, "Cookie").stream().anyMatch(capture::mayHoldClick);
    }

    /** HTTP/2 and HTTP/3 may split cookies into several lines (RFC 9113, section 8.2.3; RFC 9114, section 4.2.1). */
    private static boolean mayHaveSeveralLines(HttpServletRequest request) {
        String protocol = request.getProtocol();
        return protocol != null && !protocol.startsWith("HTTP/1.");
    }

    /** Calls the application. If the request carries a click, code without access to the request finds it at {@code Reftrail}. */
    private void proceed(boolean click, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!click) {
            chain.doFilter(request, CacheControl.guarded(request, response));
            return;
        }
        HttpServletResponse guarded = new CacheControl.NoStoreResponse(request, response);
        VisitTracking.Scope serving = reftrail.visits().serve(new ServletCookieExchange(request, guarded));
        try {
            chain.doFilter(request, guarded);
        } finally {
            serving.close();
        }
    }

    /** Expires the click of a visitor who refuses consent, for instance after withdrawing it. */
    private boolean expireIfRefused(HttpServletRequest request, HttpServletResponse response) {
        try {
            boolean refused =
                    !settings.isExcluded(request) && settings.consent().decide(request) == Consent.REFUSED;
            if (refused) {
                reftrail.visits().forgetClick(new ServletCookieExchange(request, response));
            }
            return refused;
        } catch (RuntimeException failure) {
            logger.warn("The consent policy failed; the visitor's click is kept", RedactedFailure.of(failure));
            return false;
        }
    }

    /**
     * Gives the browser the click ids that its clicks were exchanged for. Skips subresources, because a response with a cookie is not
     * cacheable.
     */
    void handOverClickIds(HttpServletRequest request, HttpServletResponse response) {
        try {
            if (reftrail.visits().exchangesClicks()
                    && !settings.isExcluded(request)
                    && !isSubresource(request)
                    && !RequestKind.isPrefetch(name -> RequestHeaders.first(request, name))
                    && settings.consent().decide(request) == Consent.GRANTED) {
                reftrail.visits().handOver(new ServletCookieExchange(request, response));
            }
        } catch (RuntimeException failure) {
            logger.warn("Could not hand over a click id", RedactedFailure.of(failure));
        }
    }

    private static boolean isSubresource(HttpServletRequest request) {
        String destination = RequestHeaders.first(request, "Sec-Fetch-Dest");
        return destination == null ? kindOf(request) != RequestKind.NAVIGATION : !PAGES.contains(destination);
    }

    private @Nullable CapturedQuery read(HttpServletRequest request) {
        try {
            ReferralCapture capture = reftrail.visits().capture();
            String query = request.getQueryString();
            return capture.mayHoldParameter(query) ? capture.read(query, kindOf(request)) : null;
        } catch (RuntimeException failure) {
            logger.warn("Could not read a query; the request proceeds unchanged", RedactedFailure.of(failure));
            return null;
        }
    }

    private static RequestKind kindOf(HttpServletRequest request) {
        return RequestKind.of(request.getMethod(), name -> RequestHeaders.first(request, name));
    }

    private static void touch(
            TouchHandler touches,
            @Nullable CapturedQuery query,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            if (kindOf(request) == RequestKind.NAVIGATION) {
                touches.handle(query == null ? List.of() : query.clicks(), request, response);
            }
        } catch (RuntimeException failure) {
            logger.warn("Could not capture a touch; the request proceeds unchanged", RedactedFailure.of(failure));
            touches.failed();
        }
    }

    private LandingHandler.Result land(CapturedQuery query, HttpServletRequest request, HttpServletResponse response) {
        try {
            return markHandled(request) ? landings.handle(query, request, response) : LandingHandler.Result.UNCHANGED;
        } catch (RuntimeException failure) {
            logger.warn("Could not capture a click; the request proceeds unchanged", RedactedFailure.of(failure));
            landings.failed(query, request, response);
            return LandingHandler.Result.UNCHANGED;
        }
    }

    /**
     * Marks the request as handled by this filter, and returns whether it was not marked before. Another filter with an instance of its
     * own handles it too.
     */
    private boolean markHandled(HttpServletRequest request) {
        List<?> handled = request.getAttribute(HANDLED) instanceof List<?> list ? list : List.of();
        if (handled.contains(this)) {
            return false;
        }
        List<Object> all = new ArrayList<>(handled);
        all.add(this);
        request.setAttribute(HANDLED, all);
        return true;
    }
}
