package io.reftrail.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.delivery.BackendQueue.QueueTransition;
import io.reftrail.delivery.BackendQueue.SendPermit;
import io.reftrail.model.Outcome;
import io.reftrail.outbox.Claim;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.TestLeads;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How a paused queue goes on if the event it could probe with is gone. */
class NothingToProbeWithTests {

    private static final Duration REST = Duration.ofMinutes(5);
    private static final Outcome REFUSED = Outcome.credentials(REST, "HTTP 401");

    private final HandSetClock clock = new HandSetClock();
    private final BackendQueue queue = new BackendQueue(
            IntrowBackend.builder("key")
                    .baseUrl("https://localhost")
                    .callsPerMinute(0)
                    .build(),
            3,
            clock,
            claim -> {});

    @Test
    void aPauseThatIsOverEndsIfThereIsNothingToProbeWith() {
        end(permit(), REFUSED);
        queue.add(List.of(), clock.instant());
        assertThat(queue.status().state()).isEqualTo(QueueStatus.State.PAUSED_FOR_CREDENTIALS);

        clock.advance(REST);
        queue.add(List.of(), clock.instant());

        assertThat(queue.status().state()).isEqualTo(QueueStatus.State.RUNNING);
        assertThat(end(permit(), REFUSED)).isEqualTo(QueueTransition.of(QueueTransition.Kind.CREDENTIALS_REFUSED));
    }

    @Test
    void aProbeOnItsWayHoldsThePause() {
        end(permit(), REFUSED);
        clock.advance(REST);
        permit();

        queue.add(List.of(), clock.instant());

        assertThat(queue.status().state()).isEqualTo(QueueStatus.State.PAUSED_FOR_CREDENTIALS);
    }

    private SendPermit permit() {
        queue.add(
                List.of(new Claim("1", "1", TestLeads.lead("introw", "a"), 0, Duration.ZERO)),
                clock.instant().plus(REST));
        return Objects.requireNonNull(queue.next());
    }

    private QueueTransition end(SendPermit permit, Outcome outcome) {
        QueueTransition change = queue.answered(permit, outcome);
        queue.ended(permit);
        return change;
    }
}
