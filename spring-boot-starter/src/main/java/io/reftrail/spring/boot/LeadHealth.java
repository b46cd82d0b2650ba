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

/**
 * The health of the delivery of leads. A problem is {@code DEGRADED}, a status of Reftrail's own that does not take the
 * application out of rotation: pages work, and leads wait. Answers within about a second for each backend and never throws.
 * Does not use the types of health indicators, which differ between the lines of Spring Boot.
 */
final class LeadHealth implements HealthReport.Source {

    private enum Level {
        UP,
        UNKNOWN,
        DEGRADED
    }

    private record Finding(Level level, String description) {}

    private final Reftrail reftrail;
    private final RecentBacklogs backlogs;
    private final Duration oldestAge;

    /** @param oldestAge the age of the oldest waiting event from which the health is degraded */
    LeadHealth(Reftrail reftrail, RecentBacklogs backlogs, Duration oldestAge) {
        this.reftrail = reftrail;
        this.backlogs = backlogs;
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
