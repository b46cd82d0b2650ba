package io.reftrail.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.outbox.Claim;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.TestLeads;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** How a paused queue goes on: by the answer to a probe. */
class ProbeTests {

    private static final Duration REST = Duration.ofMinutes(5);
    private static final Outcome PAUSE = Outcome.pause(REST, "HTTP 503");
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

    @ParameterizedTest
    @EnumSource(value = Verdict.class, names = "PAUSE", mode = Mode.EXCLUDE)
    void anyAnswerButAPauseEndsAPause(Verdict verdict) {
        end(turn(), PAUSE);
        clock.advance(REST.plusSeconds(1));

        assertThat(end(turn(), Outcome.of(verdict, "x"))).isEqualTo(Change.resumed(REST.plusSeconds(1)));
        assertThat(queue.status().state()).isEqualTo(QueueStatus.State.RUNNING);
    }

    @ParameterizedTest
    @EnumSource(
            value = Verdict.class,
            names = {"PAUSE", "RETRY"},
            mode = Mode.EXCLUDE)
    void onlyAFinalAnswerShowsThatTheCredentialsAreGood(Verdict verdict) {
        end(turn(), REFUSED);
        clock.advance(REST);

        assertThat(end(turn(), Outcome.of(verdict, "x"))).isEqualTo(Change.resumed(REST));
    }

    @Test
    void aFailedProbeSaysNothingOfTheCredentials() {
        end(turn(), REFUSED);
        clock.advance(REST);

        assertThat(end(turn(), Outcome.of(Verdict.RETRY, "HTTP 500"))).isEqualTo(Change.NONE);
        assertThat(queue.status())
                .isEqualTo(new QueueStatus("introw", QueueStatus.State.PAUSED_FOR_CREDENTIALS, REST, "HTTP 401", 0));
    }

    @Test
    void aBusyBackendSaysNothingOfTheCredentials() {
        end(turn(), REFUSED);
        clock.advance(REST);

        assertThat(end(turn(), Outcome.pause(Duration.ofHours(1), "HTTP 429"))).isEqualTo(Change.NONE);
        assertThat(queue.status())
                .isEqualTo(new QueueStatus(
                        "introw", QueueStatus.State.PAUSED_FOR_CREDENTIALS, Duration.ofHours(1), "HTTP 401", 0));
    }

    @Test
    void credentialsAreRefusedWhileItIsPausedAnyway() {
        Turn one = turn();
        Turn other = turn();
        assertThat(end(one, PAUSE)).isEqualTo(Change.PAUSED);
        assertThat(queue.status().state()).isEqualTo(QueueStatus.State.PAUSED);

        assertThat(end(other, REFUSED)).isEqualTo(Change.REFUSED);
        assertThat(queue.status().state()).isEqualTo(QueueStatus.State.PAUSED_FOR_CREDENTIALS);
        assertThat(queue.status().reason()).isEqualTo("HTTP 401");
    }

    @Test
    void aProbeThatIsPausedGoesBackToRestWithoutBeingToldAgain() {
        end(turn(), REFUSED);
        clock.advance(REST);

        assertThat(end(turn(), REFUSED)).isEqualTo(Change.NONE);
        assertThat(queue.rest()).isEqualTo(REST);
    }

    @Test
    void aCallFromBeforeThePauseDoesNotEndIt() {
        Turn slow = turn();
        end(turn(), PAUSE);
        clock.advance(REST);

        assertThat(end(slow, Outcome.recorded())).isEqualTo(Change.NONE);
        assertThat(queue.room()).isOne();
    }

    @Test
    void anOperatorLetsOneGoAheadAtOnceWhateverIsInFlight() {
        turn();
        end(turn(), REFUSED);
        queue.hold(List.of(), clock.instant());

        queue.resume();

        assertThat(queue.rest()).isZero();
        assertThat(queue.room()).isOne();
        Turn probe = turn();
        assertThat(probe.probe()).isTrue();
        assertThat(queue.room()).isZero();
        assertThat(end(probe, Outcome.recorded()).kind()).isEqualTo(Change.Kind.RESUMED);
    }

    @Test
    void resumingARunningQueueChangesNothing() {
        queue.resume();

        assertThat(queue.status().state()).isEqualTo(QueueStatus.State.RUNNING);
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
