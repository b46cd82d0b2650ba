package io.reftrail;

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
    private final LeadListener listener;
    private final Clock clock;

    LeadIntake(EventIntake intake, ClickDesk clicks, LeadListener listener, Clock clock) {
        this.intake = intake;
        this.clicks = clicks;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * Never throws.
     *
     * @param exchange what the visitor's browser says, or {@code null}
     * @param whenSafe runs once the lead cannot be lost by what the caller does next
     */
    LeadStatus take(
            TrackingBackend backend,
            Attribution attribution,
            Customer customer,
            boolean repeatable,
            @Nullable CookieExchange exchange,
            Runnable whenSafe) {
        LeadStatus status;
        try {
            Instant now = clock.instant();
            status = isExisting(backend, attribution, customer, now)
                    ? LeadStatus.EXISTING_CUSTOMER
                    : LeadStatus.of(intake.take(
                            events(backend, attribution, customer, repeatable, exchange, now),
                            whenSafe,
                            taken -> tell(backend, LeadStatus.of(taken))));
        } catch (RuntimeException failure) {
            logger.warn(
                    "A lead could not be reported; the visitor's cookie stays for the next try",
                    RedactedFailure.of(failure));
            status = LeadStatus.REFUSED;
        }
        tell(backend, status);
        return status;
    }

    /** A lead whose click is being exchanged goes with that click, which is taken once, whoever brings it. */
    private List<Event> events(
            TrackingBackend backend,
            Attribution attribution,
            Customer customer,
            boolean repeatable,
            @Nullable CookieExchange exchange,
            Instant now) {
        Lead once = Lead.of(attribution, customer, backend.leadEventName(), now);
        Lead lead = repeatable ? once.repeatable() : once;
        if (attribution.clickKey() == null) {
            return List.of(lead);
        }
        Click click = clicks.followed(backend, attribution, exchange);
        return List.of(click, lead.following(click.deduplicationKey()));
    }

    /** No click that counts was before the attribution window, whatever a visitor's cookie says or leaves out. */
    private static boolean isExisting(
            TrackingBackend backend, Attribution attribution, Customer customer, Instant now) {
        Instant createdAt = customer.createdAt();
        if (createdAt == null) {
            return false;
        }
        Duration window = backend.captureRules().stream()
                .map(CaptureRule::window)
                .max(Comparator.naturalOrder())
                .orElse(CaptureRule.LONGEST_WINDOW);
        Instant earliest = now.minus(window);
        Instant clickedAt = attribution.clickedAt();
        return createdAt.isBefore(clickedAt == null || clickedAt.isBefore(earliest) ? earliest : clickedAt);
    }

    private void tell(TrackingBackend backend, LeadStatus status) {
        try {
            listener.onLead(backend.name(), status);
        } catch (RuntimeException failure) {
            logger.warn("A lead listener failed", RedactedFailure.of(failure));
        }
    }
}
