package io.reftrail.test;

import io.reftrail.backend.HttpCall;
import io.reftrail.backend.HttpReply;
import io.reftrail.model.Click;
import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.model.Refund;
import io.reftrail.model.Sale;
import io.reftrail.model.SubscriptionChange;
import io.reftrail.test.Inquiry.Amounts;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The state of an event at the time of the query. Contains personal data, for tests.
 *
 * @param event the event, with the data of the click that its backend has received
 * @param state its state
 * @param reason the reason for the state
 * @param attempts the calls that were made for it, in order
 */
public record Report(Event event, State state, String reason, List<Attempt> attempts) {

    /** The state of an event. */
    public enum State {
        /** It waits for delivery or is in flight. */
        WAITING,
        /** It waits until its backend is available again, or until an operator releases it. */
        HELD,
        /** Its backend has given its final answer. */
        ANSWERED,
        /** It is kept for later events; its backend has no call for this kind. */
        KEPT,
        /** It is dead, or was declined. */
        GIVEN_UP
    }

    /** Copies the attempts. */
    public Report {
        attempts = List.copyOf(attempts);
    }

    /** Returns the last call, or {@code null} if there was none. */
    public @Nullable Attempt lastAttempt() {
        return attempts.isEmpty() ? null : attempts.get(attempts.size() - 1);
    }

    /** Returns the JSON body of the last call, or {@code null} if there was none. */
    public @Nullable String json() {
        Attempt last = lastAttempt();
        return last == null ? null : last.call().body();
    }

    /** Returns the backend's final answer, or {@code null} if there is none. */
    public @Nullable Verdict verdict() {
        Attempt last = lastAttempt();
        return state != State.ANSWERED || last == null ? null : last.outcome().verdict();
    }

    /** Returns one line with personal data, for the messages of failed assertions. */
    @Override
    public String toString() {
        return what() + " at " + event.backend() + details() + ": " + standing();
    }

    private String what() {
        String type = event.type().name().toLowerCase(Locale.ROOT);
        return event instanceof Click click
                ? "click of \"" + click.code() + "\""
                : type + " of \"" + event.customerId() + "\"";
    }

    private String details() {
        StringBuilder text = new StringBuilder();
        add(text, "click id", event.attribution().clickId());
        if (event instanceof Click click) {
            add(text, "landing", click.landing());
        } else if (event instanceof Lead lead) {
            add(text, "e-mail", lead.customer().email());
            add(text, "name", lead.customer().name());
            add(text, "event name", lead.eventName());
            lead.metadata().forEach((key, value) -> add(text, "metadata " + key, value));
        } else if (event instanceof Sale sale) {
            add(text, "amount", Amounts.text(sale.payment().amount()));
            add(text, "invoice", sale.payment().invoiceId());
        } else if (event instanceof Refund refund) {
            add(text, "amount", refund.amount() == null ? "all" : Amounts.text(refund.amount()));
            add(text, "invoice", refund.invoiceId());
            add(text, "refund id", refund.refundId());
        } else if (event instanceof SubscriptionChange change) {
            add(text, "subscription", change.subscriptionId());
        }
        return text.toString();
    }

    private static void add(StringBuilder text, String name, @Nullable String value) {
        if (value != null) {
            text.append(", ").append(name).append(" \"").append(value).append('"');
        }
    }

    private String standing() {
        Verdict verdict = verdict();
        String word = verdict == null ? state.name() : verdict.name();
        return word.toLowerCase(Locale.ROOT).replace('_', ' ') + (reason.isEmpty() ? "" : " (" + reason + ")");
    }

    /**
     * One call that would have gone to a backend.
     *
     * @param call the HTTP request, with its JSON body
     * @param reply the answer that the backend was made to give, or {@code null} if it could not be reached
     * @param outcome what the answer means, by the backend's own rules
     */
    public record Attempt(HttpCall call, @Nullable HttpReply reply, Outcome outcome) {}
}
