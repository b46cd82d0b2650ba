package io.reftrail.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.IntrowBackend;
import io.reftrail.delivery.BackendQueue.Change;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.testing.HandSetClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackendQueueTests {

    private static final Outcome PAUSE = Outcome.pause(Duration.ofSeconds(30), "HTTP 401");
    private static final Outcome RETRY = Outcome.of(Verdict.RETRY, "HTTP 500");

    private final HandSetClock clock = new HandSetClock();
    private final BackendQueue queue = new BackendQueue(new IntrowBackend("key"), 3, clock);

    @Test
    void hasRoomForSoManyCalls() {
        assertThat(queue.room()).isEqualTo(3);
        assertThat(queue.isIdle()).isTrue();

        start(3);
        assertThat(queue.room()).isZero();
        assertThat(queue.isIdle()).isFalse();

        assertThat(queue.finished(Outcome.recorded())).isEqualTo(Change.NONE);
        assertThat(queue.room()).isOne();
    }

    @Test
    void aFailureDoesNotPauseIt() {
        start(1);

        assertThat(queue.finished(RETRY)).isEqualTo(Change.NONE);
        assertThat(queue.room()).isEqualTo(3);
        assertThat(queue.rest()).isZero();
    }

    @Test
    void restsWhileItIsPaused() {
        pause();

        assertThat(queue.room()).isZero();
        assertThat(queue.rest()).isEqualTo(Duration.ofSeconds(30));
        clock.advance(Duration.ofSeconds(29));
        assertThat(queue.room()).isZero();
        assertThat(queue.rest()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void afterTheRestOneCallGoesAhead() {
        pause();
        clock.advance(Duration.ofSeconds(30));

        assertThat(queue.rest()).isZero();
        assertThat(queue.room()).isOne();
        start(1);
        assertThat(queue.room()).isZero();
    }

    @ParameterizedTest
    @EnumSource(value = Verdict.class, names = "PAUSE", mode = EnumSource.Mode.EXCLUDE)
    void anyAnswerToTheProbeButAPauseOpensIt(Verdict verdict) {
        pause();
        clock.advance(Duration.ofSeconds(30));
        start(1);

        assertThat(queue.finished(Outcome.of(verdict, "x"))).isEqualTo(Change.RESUMED);
        assertThat(queue.room()).isEqualTo(3);
    }

    @Test
    void aProbeThatIsPausedGoesBackToRestWithoutBeingToldAgain() {
        pause();
        clock.advance(Duration.ofSeconds(30));
        start(1);

        assertThat(queue.finished(PAUSE)).isEqualTo(Change.NONE);
        assertThat(queue.room()).isZero();
        assertThat(queue.rest()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aCallFromBeforeThePauseDoesNotEndIt() {
        start(2);
        queue.finished(PAUSE);

        assertThat(queue.finished(Outcome.recorded())).isEqualTo(Change.NONE);
        assertThat(queue.rest()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void theLongestPauseCounts() {
        start(2);
        queue.finished(PAUSE);
        queue.finished(Outcome.pause(Duration.ofSeconds(5), "HTTP 429"));

        assertThat(queue.rest()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void whatWasNotSentSaysNothingOfTheBackend() {
        pause();
        clock.advance(Duration.ofSeconds(30));
        start(1);

        queue.abandoned();

        assertThat(queue.isIdle()).isTrue();
        assertThat(queue.room()).isOne();
    }

    private void pause() {
        start(1);
        assertThat(queue.finished(PAUSE)).isEqualTo(Change.PAUSED);
    }

    private void start(int calls) {
        for (int call = 0; call < calls; call++) {
            queue.started();
        }
    }
}
