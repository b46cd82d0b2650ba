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
 * The wire protocol of one vendor as pure functions: which parameters and cookies it uses, which HTTP call reports an event,
 * and what a reply means. An implementation does no I/O and keeps no state, so that every rule of a vendor is a row in a test's
 * table. Implementations are immutable and thread-safe.
 */
public interface TrackingBackend {

    /** Returns the backend's name: lower-case letters and digits, unique among the active backends, never changed. */
    String name();

    /** Returns how clicks arrive and are kept. If several rules match a request, the first one applies. */
    List<CaptureRule> captureRules();

    /**
     * Returns the kinds of events that the vendor documents a call for. Others are never passed to {@link #call}. A lead is
     * stored in the ledger in any case, so that a later sale and the checkout find the click.
     */
    default Set<Event.Type> reports() {
        return Set.of(Event.Type.LEAD);
    }

    /**
     * Returns whether a lead only announces the customer, and the vendor credits it after the application
     * {@linkplain io.reftrail.Reftrail#confirm confirms} it. The confirmation is then a lead of its own.
     */
    default boolean defersLeads() {
        return false;
    }

    /** Returns the vendor's label of the sign-up event. */
    default String leadEventName() {
        return "Sign Up";
    }

    /**
     * Returns how long delivery of an event is tried. After that the backend would refuse the event or count it twice.
     *
     * @return a positive duration, counted from the moment at which the event is enqueued; at most 90 days
     */
    Duration deliveryTimeout(Event event);

    /**
     * Returns whether an event may be sent again after a call whose answer was lost. The default is {@code true}, for vendors
     * that recognise a repetition. Otherwise the event is given up and kept until an operator replays it, so that it is delivered
     * at most once.
     *
     * @param event an event of a kind that the backend {@linkplain #reports() reports}
     */
    default boolean isRepeatable(Event event) {
        return true;
    }

    /**
     * Returns whether the vendor keeps one sum of refunds for each sale, so that each call replaces the sum of the call before.
     * Refunds of one sale are then sent one after the other, and a refund that has failed is taken back. The default is
     * {@code false}, for vendors that add refunds up.
     */
    default boolean replacesRefunds() {
        return false;
    }

    /** Returns the limit of calls, shared by all processes, or {@code null} if none is documented. */
    default @Nullable RateLimit rateLimit() {
        return null;
    }

    /**
     * Returns the click without the data that this vendor does not need. The result is what gets stored. By default only the
     * visitor's IP address is removed, because few vendors have a field for it.
     */
    default Click redact(Click click) {
        return click.withoutIpAddress();
    }

    /**
     * Returns the outcome of an event that needs no call, or {@code null} if the event is to be sent. Delivery asks for it when
     * the event is due, before {@link #call}.
     *
     * @param event an event of a kind that the backend {@linkplain #reports() reports}
     */
    default @Nullable Outcome outcomeWithoutCall(Event event) {
        return null;
    }

    /**
     * Returns the call that reports the event. The same event always gives the same call.
     *
     * @param event an event of a kind that the backend {@linkplain #reports() reports}; unless it is a click, its attribution
     *     has a click id
     */
    HttpCall call(Event event);

    /**
     * Returns the call that shows whether the vendor accepts the credentials and that records nothing, or {@code null} if the vendor
     * documents none. Made only when an operator asks for it.
     */
    default @Nullable HttpCall keyCheck() {
        return null;
    }

    /**
     * Returns what the reply to {@link #call} means. Never throws, whatever the reply holds.
     *
     * @param event the event that was sent
     */
    Outcome outcome(Event event, HttpReply reply);

    /**
     * Returns what a checkout has to carry for this vendor; by default nothing.
     *
     * @param attribution the customer's click; it has a click id
     * @param customerId the application's id of the customer, never blank
     */
    default CheckoutMetadata checkoutMetadata(Attribution attribution, String customerId) {
        return CheckoutMetadata.NONE;
    }
}
