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
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Whether leads get through. Trouble is {@code DEGRADED}, a status of our own that takes no application out of rotation:
 * its pages work, its leads wait. Answers within about a second for each backend, and never throws.
 */
final class ReftrailHealthIndicator implements HealthIndicator {

    static final String DEGRADED = "DEGRADED";

    private final Reftrail reftrail;
    private final RecentBacklogs backlogs;
    private final Duration oldestAge;

    /** @param oldestAge how long an event may wait before something is wrong */
    ReftrailHealthIndicator(Reftrail reftrail, RecentBacklogs backlogs, Duration oldestAge) {
        this.reftrail = reftrail;
        this.backlogs = backlogs;
        this.oldestAge = oldestAge;
    }

    @Override
    public Health health() {
        Map<String, BackendStatus> details = new LinkedHashMap<>();
        Status status = Status.UP;
        for (QueueStatus queue : reftrail.queues()) {
            Backlog backlog = backlogs.of(queue.backend());
            details.put(queue.backend(), BackendStatus.of(queue, backlog));
            status = worse(status, status(queue, backlog));
        }
        return Health.status(status).withDetails(details).build();
    }

    private Status status(QueueStatus queue, @Nullable Backlog backlog) {
        if (queue.state() == State.PAUSED_FOR_CREDENTIALS) {
            return new Status(DEGRADED, queue.backend() + " refuses the credentials");
        }
        if (backlog == null) {
            return new Status(Status.UNKNOWN.getCode(), "the outbox does not answer");
        }
        return backlog.oldest().compareTo(oldestAge) > 0
                ? new Status(DEGRADED, "an event for " + queue.backend() + " has waited longer than " + oldestAge)
                : Status.UP;
    }

    private static Status worse(Status one, Status other) {
        return rank(other) > rank(one) ? other : one;
    }

    private static int rank(Status status) {
        if (status.getCode().equals(DEGRADED)) {
            return 2;
        }
        return status.equals(Status.UP) ? 0 : 1;
    }
}
