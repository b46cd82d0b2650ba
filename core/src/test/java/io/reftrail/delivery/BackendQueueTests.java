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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackendQueueTests {

    private static final int IN_FLIGHT = 3;
    private static final int ALL = IN_FLIGHT + IN_FLIGHT * BackendQueue.BUFFERED_FOR_EACH_CALL;
    private static final Duration REST = Duration.ofSeconds(30);
    private static final Outcome PAUSE = Outcome.pause(REST, "HTTP 429");
    private static final Outcome RETRY = Outcome.of(Verdict.RETRY, "HTTP 500");

    private final HandSetClock clock = new HandSetClock();
    private final List<String> released = new ArrayList<>();
    private final BackendQueue queue = new BackendQueue(
            IntrowBackend.builder("key")
                    .baseUrl("https://localhost")
                    .callsPerMinute(0)
                    .build(),
            IN_FLIGHT,
            clock,
            claim -> released.add(claim.id()));

    @Test
    void soManyCallsMayBeInFlight() {
        hold(ALL);

        List<SendPermit> permits = permits(IN_FLIGHT);
        assertThat(queue.next()).isNull();

        assertThat(end(permits.get(0), RETRY)).isEqualTo(QueueTransition.NONE);
        assertThat(queue.next()).isNotNull();
        assertThat(queue.next()).isNull();
    }

    @Test
    void isFilledAgainWhenHalfOfTheBufferIsEmpty() {
        assertThat(queue.room()).isEqualTo(ALL);
        hold(ALL);
        assertThat(queue.room()).isZero();

        for (int sent = 0; sent < IN_FLIGHT * BackendQueue.BUFFERED_FOR_EACH_CALL / 2; sent++) {
            assertThat(queue.room()).isZero();
            queue.ended(permits(1).get(0));
        }
        permits(IN_FLIGHT);
        assertThat(queue.room()).isEqualTo(6);
    }

    @Test
    void givesBackWhatWouldOutliveItsLeaseInFlight() {
        hold(2);
        clock.advance(Duration.ofMinutes(1).plusMillis(1));

        assertThat(queue.next()).isNull();
        assertThat(released).containsExactly("0", "1");
    }

    @Test
    void aPauseGivesBackWhatIsBufferedAndWhatComesStill() {
        SendPermit permit = permit();
        hold(2);

        end(permit, PAUSE);
        assertThat(released).containsExactly("0", "1");
        assertThat(queue.isIdle()).isTrue();

        hold(1);
        assertThat(released).containsExactly("0", "1", "0");
        assertThat(queue.next()).isNull();
    }

    /** An event that is given back comes again without the mark that an earlier process may have sent it. */
    @ParameterizedTest
    @CsvSource({"at-most-once, false", "at-least-once, true"})
    void givesBackWhatAnEarlierProcessMayHaveSentOnlyIfItMayBeSentTwice(String repeat, boolean givenBack) {
        BackendQueue other = new BackendQueue(
                LostAnswerTests.acme(repeat, "https://localhost"), IN_FLIGHT, clock, claim -> released.add(claim.id()));
        Claim claim = new Claim("9", "1", TestLeads.lead("acme", "9"), 0, Duration.ZERO, null, true);

        other.add(List.of(claim), clock.instant().plus(REST));
        other.giveBackAll();
        other.add(List.of(claim), clock.instant().minusMillis(1));

        assertThat(other.next()).isNull();
        assertThat(other.isIdle()).isTrue();
        assertThat(released).isEqualTo(givenBack ? List.of("9", "9") : List.of());
    }

    @Test
    void restsWhileItIsPausedAndThenSendsOne() {
        end(permit(), PAUSE);

        assertThat(queue.room()).isZero();
        assertThat(queue.delay()).isEqualTo(REST);
        clock.advance(Duration.ofSeconds(29));
        assertThat(queue.room()).isZero();
        assertThat(queue.delay()).isEqualTo(Duration.ofSeconds(1));

        clock.advance(Duration.ofSeconds(1));
        assertThat(queue.delay()).isZero();
        assertThat(queue.room()).isOne();
        permit();
        assertThat(queue.room()).isZero();
    }

    @Test
    void theLongestPauseCounts() {
        hold(2);
        List<SendPermit> permits = permits(2);
        end(permits.get(0), PAUSE);
        end(permits.get(1), Outcome.pause(Duration.ofSeconds(5), "HTTP 429"));

        assertThat(queue.delay()).isEqualTo(REST);
    }

    @Test
    void whatWasNotSentSaysNothingOfTheBackend() {
        end(permit(), PAUSE);
        clock.advance(REST);

        queue.unsent(permit());

        assertThat(queue.isIdle()).isTrue();
        assertThat(queue.room()).isOne();
    }

    private SendPermit permit() {
        hold(1);
        return permits(1).get(0);
    }

    private List<SendPermit> permits(int count) {
        return Stream.generate(queue::next)
                .limit(count)
                .map(Objects::requireNonNull)
                .toList();
    }

    private void hold(int count) {
        queue.add(
                IntStream.range(0, count).mapToObj(BackendQueueTests::claim).toList(),
                clock.instant().plus(Duration.ofMinutes(1)));
    }

    private static Claim claim(int number) {
        String id = Integer.toString(number);
        return new Claim(id, "1", TestLeads.lead("introw", id), 0, Duration.ZERO);
    }

    private QueueTransition end(SendPermit permit, Outcome outcome) {
        QueueTransition change = queue.answered(permit, outcome);
        queue.ended(permit);
        return change;
    }
}
