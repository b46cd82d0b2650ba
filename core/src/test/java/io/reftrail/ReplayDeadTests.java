package io.reftrail;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.delivery.DeliverySettings;
import io.reftrail.outbox.Claim;
import io.reftrail.outbox.DeadEvent;
import io.reftrail.outbox.Settlement;
import io.reftrail.outbox.memory.InMemoryOutbox;
import io.reftrail.testing.TestLeads;
import io.reftrail.testing.UnreachableTransport;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReplayDeadTests {

    private final InMemoryOutbox outbox = new InMemoryOutbox();

    @Test
    void leavesOutWhatTheVendorMayHaveRecorded() {
        outbox.enqueue(TestLeads.lead("introw", "kim"));
        outbox.claim("introw", 1, Duration.ofMinutes(1))
                .forEach(claim -> outbox.settle(claim, new Settlement.Dead(DeadEvent.MAY_BE_RECORDED + " (HTTP 500)")));
        try (Reftrail reftrail = reftrail()) {
            assertThat(reftrail.operations().replayDead("introw")).isZero();
        }
        assertThat(outbox.dead(10)).hasSize(1);
    }

    private Reftrail reftrail() {
        return Reftrail.builder()
                .backend(IntrowBackend.of("key"))
                .outbox(outbox)
                .transport(new UnreachableTransport())
                .delivery(new DeliverySettings(Duration.ofSeconds(1), Duration.ofSeconds(1), 8, Duration.ZERO))
                .build();
    }

    private void giveUp(String backend, int count) {
        for (int number = 0; number < count; number++) {
            outbox.enqueue(TestLeads.lead(backend, "u-" + number));
        }
        for (Claim claim : outbox.claim(backend, count, Duration.ofMinutes(1))) {
            outbox.settle(claim, new Settlement.Dead("too old"));
        }
    }

    @Test
    void findsTheEventsOfABackendBehindThousandsOfAnother() {
        giveUp("refport", 2_500);
        giveUp("introw", 1_500);
        try (Reftrail reftrail = reftrail()) {
            assertThat(reftrail.operations().replayDead("introw")).isEqualTo(1_500);

            assertThat(outbox.dead(5_000))
                    .hasSize(2_500)
                    .extracting(DeadEvent::backend)
                    .containsOnly("refport");
        }
    }
}
