package io.reftrail;

import io.reftrail.backend.TrackingBackend;
import io.reftrail.capture.CaptureResult;
import io.reftrail.capture.CaptureRule;
import io.reftrail.capture.CapturedQuery.CapturedClick;
import io.reftrail.capture.CookieExchange;
import io.reftrail.capture.ReferralCapture;
import io.reftrail.capture.ReferralCapture.Stored;
import io.reftrail.capture.TouchCapture;
import io.reftrail.capture.Visit;
import io.reftrail.model.Click;
import io.reftrail.model.Customer;
import io.reftrail.model.Decision;
import io.reftrail.model.RedactedFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operations that a web filter needs: it stores the clicks of landings in the visitor's cookies, hands click ids over to
 * the browser, and finds the request that the current thread serves. Applications use {@link Reftrail} itself. Thread-safe;
 * no method waits for a network or a database, and none throws.
 */
public final class VisitTracking {

    private static final Logger logger = LoggerFactory.getLogger(Reftrail.class);

    private final List<TrackingBackend> backends;
    private final List<TrackingBackend> exchanging;
    private final ReferralCapture capture;
    private final ClickExchange clicks;
    private final LeadReporter leads;
    private final DecisionLog decisions;
    private final @Nullable TouchCapture touches;

    /** An instance field, because an application may have several instances of {@link Reftrail}. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<CookieExchange> served = new ThreadLocal<>();

    VisitTracking(
            List<TrackingBackend> backends,
            ReferralCapture capture,
            ClickExchange clicks,
            LeadReporter leads,
            DecisionLog decisions,
            @Nullable TouchCapture touches) {
        this.touches = touches;
        this.backends = backends;
        this.exchanging = backends.stream()
                .filter(backend -> !ClickExchange.exchanging(backend).isEmpty())
                .toList();
        this.capture = capture;
        this.clicks = clicks;
        this.leads = leads;
        this.decisions = decisions;
    }

    /** Returns the reader of landing URLs. */
    public ReferralCapture capture() {
        return capture;
    }

    /** Returns the capture of touches, or {@code null} if attribution is not {@linkplain ReftrailBuilder#touches enabled}. */
    public @Nullable TouchCapture touches() {
        return touches;
    }

    /**
     * Stores a click in the visitor's cookies, and reports it if its backend takes clicks. Call it for each click that
     * {@link #capture()} has read.
     *
     * @param visit the landing
     * @return what was done
     */
    public CaptureResult recordLanding(CapturedClick click, CookieExchange exchange, Visit visit) {
        try {
            Stored stored = capture.store(click, clicks.exchangedBefore(click.rule(), exchange), exchange, visit);
            decisions.record(stored.result(), click.rule().backend(), exchange);
            Click reported = stored.click();
            if (reported != null) {
                backends.stream()
                        .filter(backend -> backend.name().equals(reported.backend()))
                        .findFirst()
                        .ifPresent(backend -> clicks.report(backend, reported));
            }
            return stored.result();
        } catch (RuntimeException failure) {
            logger.warn("Could not store a click in the visitor's cookies", RedactedFailure.of(failure));
            notCaptured(click.rule(), CaptureResult.FAILED, exchange);
            return CaptureResult.FAILED;
        }
    }

    /** Records why a parameter of a landing was not captured, and notifies the listeners. */
    public void notCaptured(CaptureRule rule, CaptureResult result, CookieExchange exchange) {
        decisions.record(result, rule.backend(), exchange);
        capture.report(rule, result);
    }

    /** Returns whether an active backend exchanges partner codes for click ids. Otherwise {@link #handOver} does nothing. */
    public boolean exchangesClicks() {
        return !exchanging.isEmpty();
    }

    /**
     * Sets the cookies of the click ids that the visitor's clicks have been exchanged for since the last request. Call it on
     * requests whose cookies {@linkplain ReferralCapture#mayHoldClick may hold a click}, before the response is committed.
     */
    public void handOver(CookieExchange exchange) {
        try {
            exchanging.forEach(backend -> clicks.handOver(backend, exchange));
        } catch (RuntimeException failure) {
            logger.warn("Could not hand a click id over to the browser", RedactedFailure.of(failure));
        }
    }

    /**
     * Expires the click cookies and the cookie of touches that the request carries, and keeps them from being reported and stored in
     * this request. Call it when a visitor withdraws consent, before the response is committed. Events that are in the
     * outbox already are still sent.
     */
    public void forgetClick(CookieExchange exchange) {
        leads.forgetClicks(exchange);
        if (touches != null) {
            try {
                touches.forget(exchange);
            } catch (RuntimeException failure) {
                logger.warn("Could not expire a visitor's touches", RedactedFailure.of(failure));
            }
        }
    }

    /** Returns whether sign-ins are reported, which depends on the {@linkplain LeadSettings#trigger() trigger}. */
    public boolean reportsSignIns() {
        return leads.reportsSignIns();
    }

    /**
     * Remembers a customer who returns without signing in, for example by a remember-me cookie. The return is not reported as a
     * lead, but may be the first time that Reftrail sees the customer.
     */
    public void returned(Customer customer) {
        leads.remember(customer, SignInReason.RETURNED);
    }

    /**
     * Records a decision that a filter or a sign-in listener made. Do not call it for decisions of this type and
     * {@link Reftrail}, which record them themselves.
     *
     * @param reason the reason, which determines the stage
     * @param backend the backend that the decision concerns, or {@code null}
     * @param route the route's pattern, or {@code null} for that of the current request; never a path with ids in it
     */
    public void decided(Decision.Reason reason, @Nullable String backend, @Nullable String route) {
        if (route == null) {
            decisions.record(reason, backend);
        } else {
            decisions.recordAt(reason, backend, route);
        }
    }

    /**
     * Binds an exchange to the current thread until the returned scope is closed, for code that cannot be passed the request:
     * see {@link #currentExchange()}.
     */
    public Scope serve(CookieExchange exchange) {
        CookieExchange outer = served.get();
        served.set(exchange);
        return () -> {
            if (outer == null) {
                served.remove();
            } else {
                served.set(outer);
            }
        };
    }

    /** Returns the exchange that is {@linkplain #serve bound} to the current thread, or {@code null}. */
    public @Nullable CookieExchange currentExchange() {
        return served.get();
    }

    /** The binding of an exchange to a thread. Close scopes on the thread that opened them, the last one first. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {

        /** Restores the binding that was there before. Never throws. */
        @Override
        void close();
    }
}
