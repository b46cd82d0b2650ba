package io.reftrail.backend;

import io.reftrail.capture.CaptureRule;
import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Set;
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

    /**
     * The kinds of events that the vendor documents a call for. Others are never passed to {@link #call}: a lead is still
     * kept in the ledger, so that a later sale and the checkout find the click.
     */
    default Set<Event.Type> reports() {
        return Set.of(Event.Type.LEAD);
    }

    /**
     * Whether a lead only announces the customer, and counts when the application {@linkplain io.reftrail.Reftrail#confirm
     * confirms} it: then the confirmation is a lead of its own.
     */
    default boolean defersLeads() {
        return false;
    }

    /** What this backend calls the sign-up event. */
    default String leadEventName() {
        return "Sign Up";
    }

    /**
     * How long an event may be tried: beyond it the backend would refuse it, or count it a second time.
     *
     * @return a positive duration from the event's enqueueing on; at most 90 days
     */
    Duration deliverWithin(Event event);

    /** How many calls the backend takes, or {@code null} if no limit is known. Kept by all processes together. */
    default @Nullable RateLimit rateLimit() {
        return null;
    }

    /**
     * Returns a click without what the vendor is not to be told, before it is stored anywhere: by default without the
     * visitor's address, because hardly a vendor has a field for it.
     */
    default Click minimised(Click click) {
        return click.withoutIpAddress();
    }

    /**
     * Returns the outcome of an event that cannot or need not be sent, or {@code null} if it is to be sent. Asked when its
     * turn has come, before {@link #call}.
     *
     * @param event of a kind that the backend {@linkplain #reports() reports}
     */
    default @Nullable Outcome withoutCall(Event event) {
        return null;
    }

    /**
     * Returns the call that reports the event. The same event always gives the same call.
     *
     * @param event of a kind that the backend {@linkplain #reports() reports}; unless it is a click, its attribution has a
     *     click id
     */
    HttpCall call(Event event);

    /**
     * Returns what the reply to {@link #call} means. Never throws, whatever the reply holds.
     *
     * @param event what was sent
     */
    Outcome outcome(Event event, HttpReply reply);

    /**
     * Returns what a checkout has to carry for this vendor.
     *
     * @param attribution the customer's click; it has a click id
     * @param customerId the application's id of the customer, never blank
     */
    default CheckoutMetadata checkoutMetadata(Attribution attribution, String customerId) {
        return CheckoutMetadata.NONE;
    }
}
