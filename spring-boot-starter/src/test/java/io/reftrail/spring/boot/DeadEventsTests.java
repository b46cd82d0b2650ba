package io.reftrail.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.outbox.DeadEvent;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.memory.InMemoryOutbox;
import org.junit.jupiter.api.Test;

class DeadEventsTests {

    private final Outbox outbox = new InMemoryOutbox();

    @Test
    void findsABackendsEventsBehindThousandsOfAnothers() {
        for (int i = 0; i < 2_500; i++) {
            TestLeads.giveUp(outbox, "refport", "u-" + i);
        }
        for (int i = 0; i < 1_500; i++) {
            TestLeads.giveUp(outbox, "introw", "u-" + i);
        }
        assertThat(new DeadEvents(outbox).replay("introw")).isEqualTo(1_500);
        assertThat(outbox.dead(5_000))
                .hasSize(2_500)
                .extracting(DeadEvent::backend)
                .containsOnly("refport");
    }
}
