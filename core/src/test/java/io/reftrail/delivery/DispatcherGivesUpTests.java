package io.reftrail.delivery;

import static io.reftrail.delivery.DispatcherFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.refport.RefportBackend;
import io.reftrail.outbox.DeadEvent;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.StubServer;
import io.reftrail.testing.StubServer.Answer;
import io.reftrail.testing.TestLeads;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** After a backend's time for an event it is not sent again: the backend could count it a second time. */
class DispatcherGivesUpTests {

    private final HandSetClock clock = new HandSetClock();

    @Test
    void aFailureTooLateForAnotherTryIsKeptWithItsReasonAndReplayed() {
        try (StubServer server = StubServer.answering(Answer.of(500, ""), Answer.of(500, ""), Answer.of(200, "{}"));
                DispatcherFixture fixture = DispatcherFixture.with(clock, refport(server))) {
            fixture.enqueue("refport", "a");
            eventually().until(() -> fixture.listener.heard().size() == 1);

            clock.advance(refport(server)
                    .deliveryTimeout(TestLeads.lead("refport", "a"))
                    .minusMillis(1));
            fixture.dispatcher.wake();
            eventually().until(() -> fixture.listener.heard().size() == 2);

            assertThat(fixture.listener.heard()).containsExactly("a RETRY HTTP 500", "a DEAD HTTP 500");
            DeadEvent dead = fixture.outbox.dead(10).get(0);
            assertThat(dead).isEqualTo(new DeadEvent(dead.id(), "refport", HandSetClock.START, 1, "HTTP 500"));

            fixture.outbox.replay(dead.id());
            eventually().until(() -> fixture.listener.heard().contains("a RECORDED"));
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void anEventThatIsTooOldIsNotSent() {
        try (StubServer server = StubServer.answering(Answer.of(500, ""), Answer.of(200, "{}"));
                DispatcherFixture fixture = DispatcherFixture.with(clock, refport(server))) {
            fixture.enqueue("refport", "a");
            eventually().until(() -> fixture.listener.heard().size() == 1);

            clock.advance(Duration.ofDays(8));
            fixture.dispatcher.wake();
            eventually().until(() -> fixture.listener.heard().size() == 2);

            assertThat(server.requests()).hasSize(1);
            assertThat(fixture.listener.heard())
                    .containsExactly("a RETRY HTTP 500", "a DEAD not delivered within PT167H");
        }
    }

    private static RefportBackend refport(StubServer server) {
        return RefportBackend.builder("rk_secret").baseUrl(server.url()).build();
    }
}
