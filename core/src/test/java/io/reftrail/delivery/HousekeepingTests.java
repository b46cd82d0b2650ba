package io.reftrail.delivery;

import static io.reftrail.delivery.DispatcherFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.outbox.OutboxException;
import io.reftrail.outbox.memory.InMemoryOutbox;
import io.reftrail.testing.ForwardingOutbox;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.LogCapture;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HousekeepingTests {

    private final HandSetClock clock = new HandSetClock();
    private final BackendQueue queue = new BackendQueue(IntrowBackend.of("key"), 100, clock, claim -> {});

    @Test
    void isDoneAtItsTimesOnly() {
        WatchedOutbox outbox = new WatchedOutbox(clock);
        Housekeeping upkeep = new Housekeeping(outbox, List.of(queue), Duration.ZERO);

        upkeep.run();
        Duration rest = upkeep.run();

        assertThat(outbox.beats()).isOne();
        assertThat(outbox.purges()).isOne();
        assertThat(rest).isBetween(Duration.ofSeconds(1), Housekeeping.HEARTBEAT);
    }

    @Test
    void whatIsOldIsRemovedPieceByPiece() {
        AtomicInteger pieces = new AtomicInteger(2);
        Housekeeping upkeep = new Housekeeping(
                new ForwardingOutbox(new InMemoryOutbox()) {
                    @Override
                    public int purge() {
                        return Math.max(0, pieces.getAndDecrement()) * 1_000;
                    }
                },
                List.of(queue),
                Duration.ZERO);

        assertThat(upkeep.run()).isLessThanOrEqualTo(Housekeeping.NEXT_PORTION);
        eventually().untilAsserted(() -> assertThat(upkeep.run()).isGreaterThan(Duration.ofSeconds(5)));

        assertThat(pieces).hasValue(-1);
    }

    @Test
    void processesThatStartTogetherDoNotPurgeTogether() {
        assertThat(List.of(Housekeeping.firstPurge(), Housekeeping.firstPurge(), Housekeeping.firstPurge()))
                .doesNotHaveDuplicates()
                .allMatch(first -> first.compareTo(Housekeeping.PURGE) < 0);
    }

    @Test
    void aFirstHeartbeatThatFailsIsSoonTriedAgain() {
        Housekeeping upkeep = new Housekeeping(new FailingOutbox(), List.of(queue), Housekeeping.PURGE);

        assertThat(upkeep.run()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void sharesTheRateLimit() {
        WatchedOutbox outbox = new WatchedOutbox(clock);
        outbox.share(3);

        new Housekeeping(outbox, List.of(queue), Housekeeping.PURGE).run();

        clock.advance(Duration.ofHours(1));
        assertThat(queue.room()).isEqualTo(4);
    }

    @Test
    void itsFailuresAreItsOwnAndChangeNothing() {
        FailingOutbox outbox = new FailingOutbox();
        try (LogCapture log = new LogCapture()) {
            new Housekeeping(outbox, List.of(queue), Duration.ZERO).run();

            assertThat(log.lines()).filteredOn(line -> line.startsWith("WARN")).hasSize(1);
        }
        clock.advance(Duration.ofHours(1));
        assertThat(queue.room()).isEqualTo(12);
    }

    private static final class FailingOutbox extends ForwardingOutbox {

        FailingOutbox() {
            super(new InMemoryOutbox());
        }

        @Override
        public int senders() {
            throw new OutboxException("away");
        }

        @Override
        public int purge() {
            throw new OutboxException("away");
        }
    }
}
