package io.reftrail.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.Outcome;
import io.reftrail.outbox.Claim;
import io.reftrail.outbox.OutboxException;
import io.reftrail.outbox.Settlement;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.LogCapture;
import io.reftrail.testing.TestLeads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What can never be written is given up, and nothing else is. */
class SettlementBufferGiveUpTests {

    private final WatchedOutbox outbox = new WatchedOutbox(new HandSetClock());
    private final SettlementBuffer settlements = new SettlementBuffer(outbox, new OutboxFailures());
    private final List<String> reported = new ArrayList<>();

    @Test
    void oneThatCanNeverBeWrittenIsGivenUpAloud() {
        spoil("bad");
        add("bad", "a");
        for (int tries = 0; tries < 20; tries++) {
            settlements.flushNow();
        }
        assertThat(settlements.hasOnlyFailingSettlements()).isTrue();

        try (LogCapture log = new LogCapture()) {
            assertThat(settlements.retryOnceAndDrop(() -> true)).isNull();

            assertThat(log.lines()).anyMatch(line -> line.startsWith("ERROR") && line.contains("Lead[backend=introw"));
        }
        assertThat(settlements.isEmpty()).isTrue();
        assertThat(settlements.isStalled()).isFalse();
        assertThat(reported).containsExactly("a");
    }

    @Test
    void whatFailedForAnOutageOnlyIsWrittenWhenTheOutboxIsWell() {
        AtomicBoolean away = fail("a", "b");

        away.set(false);
        assertThat(settlements.retryOnceAndDrop(() -> true)).isNull();

        assertThat(reported).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void anOutboxThatIsAwayAgainMakesNothingBeGivenUp() {
        fail("a", "b");

        assertThat(settlements.retryOnceAndDrop(() -> false)).isNotNull();
        Iterator<Boolean> well = List.of(true, false).iterator();
        assertThat(settlements.retryOnceAndDrop(well::next)).isPositive();

        assertThat(settlements.isEmpty()).isFalse();
        assertThat(settlements.isStalled()).isTrue();
    }

    @Test
    void aMereWakeUpProvesNothing() {
        fail("a");
        assertThat(settlements.hasOnlyFailingSettlements()).isTrue();

        assertThat(settlements.flush()).isPositive();

        assertThat(settlements.hasOnlyFailingSettlements()).isFalse();
    }

    private AtomicBoolean fail(String... customers) {
        AtomicBoolean away = new AtomicBoolean(true);
        outbox.beforeBatch(batch -> {
            if (away.get()) {
                throw new OutboxException("away");
            }
        });
        add(customers);
        for (int tries = 0; tries < 20; tries++) {
            settlements.flushNow();
        }
        return away;
    }

    private void spoil(String customer) {
        outbox.beforeBatch(batch -> {
            if (batch.stream().anyMatch(settled -> settled.claim().id().equals(customer))) {
                throw new OutboxException("spoilt");
            }
        });
    }

    private void add(String... customers) {
        for (String customer : customers) {
            Claim claim = new Claim(customer, "1", TestLeads.lead("introw", customer), 0, Duration.ZERO);
            settlements.add(claim, new Settlement.Done(Outcome.recorded()), () -> reported.add(customer));
        }
    }
}
