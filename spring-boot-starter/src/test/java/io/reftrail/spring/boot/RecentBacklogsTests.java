package io.reftrail.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reftrail.Reftrail;
import io.reftrail.outbox.Backlog;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.OutboxException;
import io.reftrail.outbox.memory.InMemoryOutbox;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

class RecentBacklogsTests {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final Outbox outbox = Mockito.spy(new InMemoryOutbox());
    private final OutboxReader reader = new OutboxReader();
    private final AtomicLong now = new AtomicLong(-7);

    private RecentBacklogs backlogs(Duration patience) {
        return new RecentBacklogs(Reftrail.builder().outbox(outbox).build(), reader, patience, now::get);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private void asked(int times) {
        Mockito.verify(outbox, Mockito.times(times)).backlog("introw");
    }

    @AfterEach
    void close() {
        reader.close();
    }

    @Test
    void theOutboxIsAskedOnceInTenSeconds() {
        RecentBacklogs backlogs = backlogs(LONG);
        assertThat(backlogs.of("introw")).isEqualTo(Backlog.EMPTY);
        outbox.enqueue(TestLeads.lead("introw", "u-7"));
        pass(Duration.ofMillis(9_999));
        assertThat(backlogs.of("introw")).isEqualTo(Backlog.EMPTY);
        asked(1);
        pass(Duration.ofMillis(1));
        assertThat(backlogs.of("introw"))
                .isNotNull()
                .extracting(Backlog::waiting)
                .isEqualTo(1L);
        asked(2);
    }

    @Test
    void anOutboxThatIsAwayIsUnknownAndIsNotAskedMoreOften() {
        RecentBacklogs backlogs = backlogs(LONG);
        backlogs.of("introw");
        Mockito.doThrow(new OutboxException("away")).when(outbox).backlog("introw");
        pass(Duration.ofSeconds(10));
        assertThat(backlogs.of("introw")).isNull();
        assertThat(backlogs.of("introw")).isNull();
        asked(2);
        Mockito.doReturn(Backlog.EMPTY).when(outbox).backlog("introw");
        pass(Duration.ofSeconds(10));
        assertThat(backlogs.of("introw")).isEqualTo(Backlog.EMPTY);
    }

    @Test
    void anOutboxThatHangsHoldsNobodyUpAndIsShownAsItWasForAMinute() {
        RecentBacklogs backlogs = backlogs(SHORT);
        await().until(() -> backlogs.of("introw") != null);
        CountDownLatch back = new CountDownLatch(1);
        Backlog grown = new Backlog(7, Duration.ofHours(1), 0);
        Mockito.doAnswer(hanging -> {
                    back.await();
                    return grown;
                })
                .when(outbox)
                .backlog("introw");
        pass(Duration.ofSeconds(10));
        assertThat(backlogs.of("introw")).isEqualTo(Backlog.EMPTY);
        pass(Duration.ofSeconds(50));
        assertThat(backlogs.of("introw")).isNull();
        back.countDown();
        await().untilAsserted(() -> assertThat(backlogs.of("introw")).isEqualTo(grown));
        asked(2);
    }

    @Test
    void onceClosedNothingIsKnown() {
        reader.close();
        assertThat(backlogs(LONG).of("introw")).isNull();
    }
}
