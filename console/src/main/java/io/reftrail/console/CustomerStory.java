package io.reftrail.console;

import io.reftrail.Reftrail;
import io.reftrail.model.Attribution;
import io.reftrail.model.Event;
import io.reftrail.model.Money;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.outbox.CustomerEvent;
import io.reftrail.outbox.CustomerEvent.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The history of one customer in words, with reasons. */
final class CustomerStory {

    private final Reftrail reftrail;

    CustomerStory(Reftrail reftrail) {
        this.reftrail = reftrail;
    }

    /** Whether a step is good or bad news. */
    enum Tone {
        NEUTRAL,
        GOOD,
        WAITING,
        BAD
    }

    /**
     * One step.
     *
     * @param at when it happened
     * @param backend the backend that it concerns, or {@code null}
     * @param text what happened
     * @param tone whether that is good
     */
    record Step(Instant at, @Nullable String backend, String text, Tone tone) {}

    /**
     * The reply.
     *
     * @param summary one sentence or two
     * @param stored whether anything is stored of the customer
     * @param steps the steps, the oldest first
     */
    record Story(String summary, boolean stored, List<Step> steps) {}

    Story tell(String customerId) {
        List<CustomerEvent> events = reftrail.operations().history(customerId);
        Instant firstSignIn = reftrail.operations().outbox().firstSignIn(customerId);
        List<Step> steps = new ArrayList<>();
        events.stream()
                .map(CustomerEvent::attribution)
                .filter(attribution -> attribution.clickedAt() != null)
                .map(CustomerStory::click)
                .distinct()
                .forEach(steps::add);
        if (firstSignIn != null) {
            steps.add(signIn(firstSignIn));
        }
        events.forEach(event -> {
            steps.add(new Step(event.occurredAt(), event.backend(), happened(event), Tone.NEUTRAL));
            Step outcome = outcome(event);
            if (outcome != null) {
                steps.add(outcome);
            }
        });
        steps.sort(Comparator.comparing(Step::at));
        return new Story(summary(events, firstSignIn), !steps.isEmpty(), steps);
    }

    private static Step click(Attribution attribution) {
        return new Step(
                Objects.requireNonNull(attribution.clickedAt()),
                attribution.backend(),
                "clicked a partner's link of " + attribution.backend(),
                Tone.NEUTRAL);
    }

    private static Step signIn(Instant first) {
        return first.equals(Instant.EPOCH)
                ? new Step(first, null, "was seeded as a customer from before Reftrail", Tone.NEUTRAL)
                : new Step(first, null, "signed in for the first time that Reftrail has seen", Tone.NEUTRAL);
    }

    private static String happened(CustomerEvent event) {
        String backend = event.backend();
        if (event.confirms()) {
            return "the application confirmed the lead for " + backend;
        }
        return switch (kind(event)) {
            case "click" -> "the click was stored to be exchanged at " + backend;
            case "lead" -> "became a lead for " + backend;
            case "sale" -> "paid" + amount(event.amount()) + ", a sale for " + backend;
            case "refund" -> "got money back" + amount(event.amount()) + ", a refund for " + backend;
            case "trial" -> "began a trial, reported to " + backend;
            case "cancellation" -> "ended the subscription, reported to " + backend;
            default -> "something was reported to " + backend;
        };
    }

    private static String amount(@Nullable Money amount) {
        return amount == null
                ? ""
                : " " + amount.amount().toPlainString() + " "
                        + amount.currency().getCurrencyCode();
    }

    private static String kind(CustomerEvent event) {
        Event.Type type = event.type();
        return type == null ? "event" : type.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Step outcome(CustomerEvent event) {
        Instant at = event.changedAt();
        if (at == null) {
            return null;
        }
        String what = "the " + (event.confirms() ? "confirmation" : kind(event));
        String tries = event.attempts() == 1 ? "1 failed attempt" : event.attempts() + " failed attempts";
        String reason = event.reason() == null || event.reason().isBlank() ? "" : " (" + event.reason() + ")";
        if (event.state() == State.WAITING) {
            String text = event.attempts() == 0
                    ? what + " waits for " + event.backend()
                    : what + " waits for " + event.backend() + " after " + tries + reason + "; it is sent again now";
            return new Step(at, event.backend(), text, Tone.WAITING);
        }
        if (event.state() == State.HELD) {
            return new Step(
                    at,
                    event.backend(),
                    "a policy holds " + what + reason + "; it waits for an operator",
                    Tone.WAITING);
        }
        if (event.state() == State.DECLINED) {
            String text = event.type() == Event.Type.LEAD && !event.confirms()
                    ? what + " was declined" + reason
                    : what + " is not sent, because the lead was declined" + reason;
            return new Step(at, event.backend(), text, Tone.BAD);
        }
        if (event.state() == State.DEAD) {
            return new Step(at, event.backend(), what + " was given up after " + tries + reason, Tone.BAD);
        }
        if (event.state() == State.DISCARDED) {
            return new Step(
                    at, event.backend(), what + " was given up, and an operator discarded it" + reason, Tone.BAD);
        }
        return settled(event, at, what, tries, reason);
    }

    private static Step settled(CustomerEvent event, Instant at, String what, String tries, String reason) {
        Verdict verdict = event.verdict() == null ? Verdict.RECORDED : event.verdict();
        String after = event.attempts() == 0 ? "" : " after " + tries;
        return switch (verdict) {
            case RECORDED ->
                new Step(
                        at,
                        event.backend(),
                        event.backend() + " recorded " + what + after + (event.attempts() == 0 ? "" : reason),
                        Tone.GOOD);
            case DUPLICATE ->
                new Step(at, event.backend(), event.backend() + " had " + what + " already" + after, Tone.GOOD);
            case IGNORED ->
                new Step(
                        at,
                        event.backend(),
                        event.backend() + " accepted " + what + " and recorded nothing" + reason,
                        Tone.BAD);
            default -> new Step(at, event.backend(), event.backend() + " refused " + what + reason, Tone.BAD);
        };
    }

    private static String summary(List<CustomerEvent> events, @Nullable Instant firstSignIn) {
        List<String> recorded = events.stream()
                .filter(event -> event.type() == Event.Type.LEAD
                        && (event.verdict() == Verdict.RECORDED || event.verdict() == Verdict.DUPLICATE))
                .map(CustomerEvent::backend)
                .distinct()
                .toList();
        if (!recorded.isEmpty()) {
            return "A lead of " + String.join(" and ", recorded) + ".";
        }
        if (events.stream().anyMatch(event -> event.type() == Event.Type.LEAD)) {
            return "A lead that no vendor has recorded so far. The steps say why.";
        }
        return firstSignIn != null
                ? "Not a lead: the customer has signed in, and no lead was stored. Either no request of a sign-in carried a partner's"
                        + " click, or the customer was older than the click."
                : "Nothing is stored of a customer with this id. Check that it is the application's own id, as given to Reftrail.";
    }
}
