package io.reftrail.backend;

import io.reftrail.capture.CaptureRule;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One vendor's wire protocol as pure functions: which parameters and cookies it uses, how an event becomes an HTTP
 * call, what a reply means. Does no I/O and keeps no state, so that every rule of a vendor is a row in a test's table.
 * Implementations are immutable and safe for use by many threads.
 */
public interface TrackingBackend {

    /** The backend's name: lower-case letters and digits, unique among the active backends, stable for ever. */
    String name();

    /** How clicks arrive and are kept; where several match a request, the first counts. */
    List<CaptureRule> captureRules();

    /** What this backend calls the sign-up event. */
    default String leadEventName() {
        return "Sign Up";
    }

    /**
     * How long an event may be tried: beyond it the backend would refuse it, or count it a second time.
     *
     * @return a positive duration from the event's enqueueing on
     */
    Duration deliverWithin();

    /** How many calls the backend takes, or {@code null} if no limit is known. Kept by all processes together. */
    default @Nullable RateLimit rateLimit() {
        return null;
    }

    /** Returns the call that reports the event. The same event always gives the same call. */
    HttpCall call(Event event);

    /** Returns what the reply to {@link #call} means. Never throws, whatever the reply holds. */
    Outcome outcome(HttpReply reply);
}
