package io.reftrail.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.delivery.BackendQueue.QueueTransition;
import io.reftrail.delivery.BackendQueue.SendPermit;
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
        end(permit(), PAUSE);
        clock.advance(REST.plusSeconds(1));

        assertThat(end(permit(), Outcome.of(verdict, "x")))
                .isEqualTo(new QueueTransition(QueueTransition.Kind.RESUMED, REST.plusSeconds(1)));
        assertThat(queue.status().state()).isEqualTo(QueueStatus.State.RUNNING);
    }

    @ParameterizedTest
    @EnumSource(
            value = Verdict.class,
            names = {"PAUSE", "RETRY"},
            mode = Mode.EXCLUDE)
    void onlyAFinalAnswerShowsThatTheCredentialsAreGood(Verdict verdict) {
        end(permit(), REFUSED);
        clock.advance(REST);

        assertThat(end(permit(), Outcome.of(verdict, "x")))
                .isEqualTo(new QueueTransition(QueueTransition.Kind.RESUMED, REST));
    }

    @Test
    void aFailedProbeSaysNothingOfTheCredentials() {
        end(permit(), REFUSED);
        clock.advance(REST);

        assertThat(end(permit(), Outcome.of(Verdict.RETRY, "HTTP 500"))).isEqualTo(QueueTransition.NONE);
        assertThat(queue.status())
                .isEqualTo(new QueueStatus("introw", QueueStatus.State.PAUSED_FOR_CREDENTIALS, REST, "HTTP 401", 0));
    }

    @Test
    void aBusyBackendSaysNothingOfTheCredentials() {
        end(permit(), REFUSED);
        clock.advance(REST);

        assertThat(end(permit(), Outcome.pause(Duration.ofHours(1), "HTTP 429")))
                .isEqualTo(QueueTransition.NONE);
        assertThat(queue.status())
                .isEqualTo(new QueueStatus(
                        "introw", QueueStatus.State.PAUSED_FOR_CREDENTIALS, Duration.ofHours(1), "HTTP 401", 0));
    }

    @Test
    void credentialsAreRefusedWhileItIsPausedAnyway() {
        SendPermit one = permit();
        SendPermit other = permit();
        assertThat(end(one, PAUSE)).isEqualTo(QueueTransition.of(QueueTransition.Kind.PAUSED));
        assertThat(queue.status().state()).isEqualTo(QueueStatus.State.PAUSED);

        assertThat(end(other, REFUSED)).isEqualTo(QueueTransition.of(QueueTransition.Kind.CREDENTIALS_REFUSED));
        assertThat(queue.status().state()).isEqualTo(QueueStatus.State.PAUSED_FOR_CREDENTIALS);
        assertThat(queue.status().reason()).isEqualTo("HTTP 401");
    }

    @Test
    void aProbeThatIsPausedGoesBackToRestWithoutBeingToldAgain() {
        end(permit(), REFUSED);
        clock.advance(REST);

        assertThat(end(permit(), REFUSED)).isEqualTo(QueueTransition.NONE);
        assertThat(queue.delay()).isEqualTo(REST);
    }

    @Test
    void aCallFromBeforeThePauseDoesNotEndIt() {
        SendPermit slow = permit();
        end(permit(), PAUSE);
        clock.advance(REST);

        assertThat(end(slow, Outcome.recorded())).isEqualTo(QueueTransition.NONE);
        assertThat(queue.room()).isOne();
    }

    @Test
    void anOperatorLetsOneGoAheadAtOnceWhateverIsInFlight() {
        permit();
        end(permit(), REFUSED);
        queue.add(List.of(), clock.instant());

        queue.resume();

        assertThat(queue.delay()).isZero();
        assertThat(queue.room()).isOne();
        SendPermit probe = permit();
        assertThat(probe.probe()).isTrue();
        assertThat(queue.room()).isZero();
        assertThat(end(probe, Outcome.recorded()).kind()).isEqualTo(QueueTransition.Kind.RESUMED);
    }

    @Test
    void resumingARunningQueueChangesNothing() {
        queue.resume();

        assertThat(queue.status().state()).isEqualTo(QueueStatus.State.RUNNING);
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
