package io.reftrail.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.Reftrail;
import io.reftrail.delivery.QueueStatus;
import io.reftrail.delivery.QueueStatus.State;
import io.reftrail.outbox.Backlog;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.OutboxException;
import io.reftrail.outbox.memory.InMemoryOutbox;
import io.reftrail.spring.boot.RunningShop.Reply;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.boot.health.contributor.Health;

class ReftrailHealthTests {

    private static final String DETAILS = "management.endpoint.health.show-details=always";
    private static final Duration HOUR = Duration.ofHours(1);

    private final Reftrail reftrail = Mockito.mock(Reftrail.class, Mockito.RETURNS_DEEP_STUBS);
    private final RecentBacklogs backlogs = Mockito.mock();

    private Health health(QueueStatus... queues) {
        Mockito.when(reftrail.operations().queues()).thenReturn(Arrays.asList(queues));
        return Objects.requireNonNull(new ReftrailActuatorAutoConfiguration.HealthModuleConfiguration()
                .reftrailHealthIndicator(new LeadHealth(reftrail, backlogs, new HeldLeads(), HOUR))
                .health());
    }

    private static QueueStatus queue(String backend, State state) {
        return new QueueStatus(backend, state, Duration.ofMinutes(5), "401", 0);
    }

    private void oldest(String backend, Duration age) {
        Mockito.when(backlogs.of(backend)).thenReturn(new Backlog(1, age, 0));
    }

    @Test
    void isUpWhileLeadsGetThrough() {
        oldest("introw", HOUR);
        assertThat(health(queue("introw", State.RUNNING)).getStatus().getCode()).isEqualTo("UP");
        assertThat(health(queue("introw", State.PAUSED)).getStatus().getCode()).isEqualTo("UP");
        assertThat(health().getStatus().getCode()).isEqualTo("UP");
    }

    @Test
    void isDegradedWhenABackendRefusesTheCredentials() {
        oldest("refport", Duration.ZERO);
        Health health = health(queue("introw", State.PAUSED_FOR_CREDENTIALS), queue("refport", State.RUNNING));
        assertThat(health.getStatus().getCode()).isEqualTo("DEGRADED");
        assertThat(health.getStatus().getDescription()).isEqualTo("introw refuses the credentials");
        assertThat(health.getDetails()).containsOnlyKeys("introw", "refport");
    }

    @Test
    void isDegradedWhenALeadHasWaitedTooLong() {
        oldest("introw", HOUR.plusMillis(1));
        assertThat(health(queue("introw", State.RUNNING)).getStatus().getCode()).isEqualTo("DEGRADED");
    }

    @Test
    void isUnknownWhenTheOutboxDoesNotAnswer() {
        oldest("introw", Duration.ZERO);
        Health health = health(queue("introw", State.RUNNING), queue("refport", State.RUNNING));
        assertThat(health.getStatus().getCode()).isEqualTo("UNKNOWN");
        assertThat(health.getStatus().getDescription()).isEqualTo("the outbox does not answer");
    }

    @Test
    void takesNoApplicationOutOfRotationUnlessToldTo() {
        Outbox outbox = Mockito.spy(new InMemoryOutbox());
        Mockito.doReturn(new Backlog(1, HOUR.multipliedBy(2), 0)).when(outbox).backlog("introw");
        try (RunningShop shop = new RunningShop(outbox, DETAILS)) {
            Reply whole = shop.get("/actuator/health");
            assertThat(whole.status()).isEqualTo(200);
            assertThat(whole.json().path("status").asString()).isEqualTo("UP");
            assertThat(whole.json()
                            .path("components")
                            .path("reftrail")
                            .path("status")
                            .asString())
                    .isEqualTo("DEGRADED");
            assertThat(shop.get("/actuator/health/reftrail")
                            .json()
                            .path("details")
                            .path("introw")
                            .path("oldestAge")
                            .asString())
                    .isEqualTo("PT2H");
        }
        try (RunningShop shop = new RunningShop(
                outbox,
                "management.endpoint.health.status.order=down,out-of-service,degraded,up,unknown",
                "management.endpoint.health.status.http-mapping.degraded=503")) {
            assertThat(shop.get("/actuator/health").status()).isEqualTo(503);
        }
    }

    @Test
    void anOutboxThatIsAwayIsUnknownAndNoFailure() {
        Outbox outbox = Mockito.spy(new InMemoryOutbox());
        Mockito.doThrow(new OutboxException("away")).when(outbox).backlog(Mockito.any());
        try (RunningShop shop = new RunningShop(outbox, DETAILS)) {
            Reply reply = shop.get("/actuator/health/reftrail");
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.json().path("status").asString()).isEqualTo("UNKNOWN");
            Mockito.reset(outbox);
        }
    }
}
