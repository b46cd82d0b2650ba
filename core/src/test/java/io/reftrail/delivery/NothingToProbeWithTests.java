package io.reftrail.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.introw.IntrowBackend;
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
        end(turn(), REFUSED);
        queue.hold(List.of(), clock.instant());
        assertThat(queue.status().state()).isEqualTo(QueueStatus.State.PAUSED_FOR_CREDENTIALS);

        clock.advance(REST);
        queue.hold(List.of(), clock.instant());

        assertThat(queue.status().state()).isEqualTo(QueueStatus.State.RUNNING);
        assertThat(end(turn(), REFUSED)).isEqualTo(Change.REFUSED);
    }

    @Test
    void aProbeOnItsWayHoldsThePause() {
        end(turn(), REFUSED);
        clock.advance(REST);
        turn();

        queue.hold(List.of(), clock.instant());

        assertThat(queue.status().state()).isEqualTo(QueueStatus.State.PAUSED_FOR_CREDENTIALS);
    }

    private Turn turn() {
        queue.hold(
                List.of(new Claim("1", "1", TestLeads.lead("introw", "a"), 0, Duration.ZERO)),
                clock.instant().plus(REST));
        return Objects.requireNonNull(queue.next());
    }

    private Change end(Turn turn, Outcome outcome) {
        Change change = queue.answered(turn, outcome);
        queue.ended(turn);
        return change;
    }
}
