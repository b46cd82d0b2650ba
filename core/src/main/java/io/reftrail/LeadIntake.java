package io.reftrail;

import io.reftrail.EventIntake.Batch;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.capture.CaptureRule;
import io.reftrail.capture.CookieExchange;
import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.Customer;
import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.model.RedactedFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides whether a customer is a lead and brings the lead into the outbox, bound to the caller's transaction. */
final class LeadIntake {

    private static final Logger logger = LoggerFactory.getLogger(LeadIntake.class);

    private final EventIntake intake;
    private final ClickDesk clicks;
    private final LeadSettings settings;
    private final LeadListener listener;
    private final DecisionLog decisions;
    private final Clock clock;

    LeadIntake(
            EventIntake intake,
            ClickDesk clicks,
            LeadSettings settings,
            LeadListener listener,
            DecisionLog decisions,
            Clock clock) {
        this.intake = intake;
        this.clicks = clicks;
        this.settings = settings;
        this.listener = listener;
        this.decisions = decisions;
        this.clock = clock;
    }

    /**
     * Never throws.
     *
     * @param since when the customer became one, or {@code null} if that is unknown
     * @param exchange what the visitor's browser says, or {@code null}
     * @param whenSafe runs once the lead cannot be lost by what the caller does next
     */
    LeadStatus take(
            TrackingBackend backend,
            Attribution attribution,
            LeadRequest request,
            @Nullable Instant since,
            @Nullable CookieExchange exchange,
            Runnable whenSafe) {
        LeadStatus status;
        try {
            Instant now = clock.instant();
            status = isExisting(backend, attribution, since, now)
                    ? LeadStatus.EXISTING_CUSTOMER
                    : enqueue(backend, attribution, request, exchange, whenSafe, now);
        } catch (RuntimeException failure) {
            logger.warn(
                    "A lead could not be reported; the visitor's cookie stays for the next try",
                    RedactedFailure.of(failure));
            status = LeadStatus.REFUSED;
        }
        tell(backend.name(), status);
        return status;
    }

    /**
     * A lead whose click is being exchanged goes with that click, which is taken once, whoever brings it. A repeated lead has
     * a key of its own; the first one has the usual key, by which sales find it.
     */
    private LeadStatus enqueue(
            TrackingBackend backend,
            Attribution attribution,
            LeadRequest request,
            @Nullable CookieExchange exchange,
            Runnable whenSafe,
            Instant now) {
        List<Event> events = new ArrayList<>(2);
        Runnable safe = whenSafe;
        Customer customer = request.customer().only(settings.include());
        Lead lead = Lead.of(attribution, customer, backend.leadEventName(), now).withMetadata(request.metadata());
        if (attribution.clickKey() != null) {
            Click click = clicks.followed(backend, attribution, exchange);
            events.add(click);
            lead = lead.following(click.deduplicationKey());
            safe = () -> {
                clicks.used(attribution);
                whenSafe.run();
            };
        }
        events.add(lead);
        Batch batch = new Batch(events, request.repeatable() ? lead.repeatable() : null);
        return LeadStatus.of(intake.take(() -> batch, safe, taken -> tell(backend.name(), LeadStatus.of(taken))));
    }

    /** No click that counts was before the attribution window, whatever a visitor's cookie says or leaves out. */
    private boolean isExisting(TrackingBackend backend, Attribution attribution, @Nullable Instant since, Instant now) {
        Instant cutOff = settings.cutOff();
        if (since == null) {
            return false;
        }
        if (cutOff != null && since.isBefore(cutOff)) {
            return true;
        }
        Duration window = backend.captureRules().stream()
                .map(CaptureRule::window)
                .max(Comparator.naturalOrder())
                .orElse(CaptureRule.LONGEST_WINDOW);
        Instant earliest = now.minus(window);
        Instant clickedAt = attribution.clickedAt();
        return since.isBefore(clickedAt == null || clickedAt.isBefore(earliest) ? earliest : clickedAt);
    }

    void tell(String backend, LeadStatus status) {
        decisions.record(status, backend, null);
        listener.onLead(backend, status);
    }
}
