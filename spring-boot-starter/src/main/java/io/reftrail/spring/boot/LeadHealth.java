package io.reftrail.spring.boot;

import io.reftrail.Reftrail;
import io.reftrail.delivery.QueueStatus;
import io.reftrail.delivery.QueueStatus.State;
import io.reftrail.outbox.Backlog;
import io.reftrail.spring.boot.ReftrailStatus.BackendStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;

/**
 * The health of delivery. A problem is {@code DEGRADED}, a status of our own that does not take the application out of rotation:
 * its pages work, and its leads wait. A report takes at most about a second for each backend, and never throws. The class does not
 * use health indicators, because their types differ between the lines of Spring Boot.
 */
@RegisterReflectionForBinding(ReftrailStatus.class) // Spring Boot does not see what the details hold
final class LeadHealth implements HealthReport.Source {

    private enum Level {
        UP,
        UNKNOWN,
        DEGRADED
    }

    private static final String HELD =
            "leads are held because the age of the customers is unknown; see reftrail.lead.unknown-age";

    private record Finding(Level level, String description) {}

    private final Reftrail reftrail;
    private final RecentBacklogs backlogs;
    private final HeldLeads held;
    private final Duration oldestAge;

    /** @param oldestAge how long an event may wait before the health is DEGRADED */
    LeadHealth(Reftrail reftrail, RecentBacklogs backlogs, HeldLeads held, Duration oldestAge) {
        this.reftrail = reftrail;
        this.backlogs = backlogs;
        this.held = held;
        this.oldestAge = oldestAge;
    }

    @Override
    public HealthReport report() {
        Map<String, Object> details = new LinkedHashMap<>();
        Finding worst = new Finding(Level.UP, "");
        for (QueueStatus queue : reftrail.operations().queues()) {
            Backlog backlog = backlogs.of(queue.backend());
            details.put(queue.backend(), BackendStatus.of(queue, backlog));
            Finding finding = finding(queue, backlog);
            worst = finding.level().compareTo(worst.level()) > 0 ? finding : worst;
        }
        if (held.count() > 0) {
            details.put("heldLeads", held.count());
            if (worst.level() == Level.UP) {
                worst = new Finding(Level.DEGRADED, HELD);
            }
        }
        return new HealthReport(worst.level().name(), worst.description(), details);
    }

    private Finding finding(QueueStatus queue, @Nullable Backlog backlog) {
        if (queue.state() == State.PAUSED_FOR_CREDENTIALS) {
            return new Finding(Level.DEGRADED, queue.backend() + " refuses the credentials");
        }
        if (backlog == null) {
            return new Finding(Level.UNKNOWN, "the outbox does not answer");
        }
        return backlog.oldest().compareTo(oldestAge) > 0
                ? new Finding(
                        Level.DEGRADED, "an event for " + queue.backend() + " has waited longer than " + oldestAge)
                : new Finding(Level.UP, "");
    }
}
