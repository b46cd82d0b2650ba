package io.reftrail.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.Outcome;
import io.reftrail.outbox.Claim;
import io.reftrail.outbox.OutboxException;
import io.reftrail.outbox.Settlement;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.TestLeads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettlementBufferTests {

    private final WatchedOutbox outbox = new WatchedOutbox(new HandSetClock());
    private final SettlementBuffer settlements = new SettlementBuffer(outbox, new OutboxFailures());
    private final List<String> reported = new ArrayList<>();

    @Test
    void whatHasComeTogetherIsWrittenAtOnceAndReportedAfterwards() {
        outbox.beforeSettle(number -> assertThat(reported).isEmpty());
        add("a", "b", "c");

        assertThat(settlements.flush()).isNull();

        assertThat(outbox.batches()).containsExactly(3);
        assertThat(reported).containsExactly("a", "b", "c");
        assertThat(settlements.isEmpty()).isTrue();
        assertThat(settlements.settledBackends()).isEqualTo(Set.of("introw"));
        assertThat(settlements.settledBackends()).isEmpty();
    }

    @Test
    void withNothingToWriteTheOutboxIsNotAsked() {
        settlements.flush();

        assertThat(outbox.batches()).isEmpty();
    }

    @Test
    void whatCannotBeWrittenIsKeptAndReportedOnce() {
        outbox.beforeSettle(number -> {
            if (number < 2) {
                throw new OutboxException("away");
            }
        });
        add("a");
        assertThat(settlements.flushNow()).isPositive();
        assertThat(settlements.isStalled()).isTrue();
        add("b");
        assertThat(settlements.flushNow()).isPositive();
        assertThat(reported).isEmpty();

        assertThat(settlements.flushNow()).isNull();

        assertThat(reported).containsExactly("a", "b");
        assertThat(settlements.isStalled()).isFalse();
        assertThat(outbox.settlements()).hasSize(2);
    }

    @Test
    void theNextTryHasToWait() {
        List<Integer> tries = new ArrayList<>();
        outbox.beforeSettle(number -> {
            tries.add(number);
            throw new OutboxException("away");
        });
        add("a");
        settlements.flush();

        assertThat(settlements.flush()).isPositive();

        assertThat(tries).containsExactly(0);
    }

    @Test
    void oneThatSpoilsTheBatchHoldsNoOtherBack() {
        spoil("bad");
        add("bad", "a", "b");

        for (int tries = 0; tries < 5; tries++) {
            settlements.flushNow();
        }

        assertThat(reported).containsExactly("a", "b");
        assertThat(settlements.hasOnlyFailingSettlements()).isFalse();
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
