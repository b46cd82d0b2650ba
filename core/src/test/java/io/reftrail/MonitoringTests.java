package io.reftrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.capture.CaptureResult;
import io.reftrail.delivery.QueueStatus.State;
import io.reftrail.model.Decision.Stage;
import io.reftrail.outbox.Count;
import io.reftrail.outbox.Figures;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.OutboxException;
import io.reftrail.outbox.jdbc.JdbcOutbox;
import io.reftrail.outbox.memory.InMemoryOutbox;
import io.reftrail.testing.ForwardingOutbox;
import io.reftrail.testing.StubServer;
import io.reftrail.testing.StubServer.Answer;
import io.reftrail.testing.TestLeads;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The counts and the states of processes that operators see. */
class MonitoringTests {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    private static Reftrail reftrail(Outbox outbox, Monitoring monitoring, String url) {
        return Reftrail.builder()
                .backend(IntrowBackend.builder("key")
                        .baseUrl(url)
                        .callsPerMinute(0)
                        .build())
                .outbox(outbox)
                .monitoring(monitoring)
                .build();
    }

    private static Reftrail reftrail(Outbox outbox, Monitoring monitoring) {
        return reftrail(outbox, monitoring, "http://127.0.0.1:1");
    }

    private static List<Count> counts(Outbox outbox) {
        return outbox.figures()
                .counts(Instant.now().minus(Duration.ofMinutes(5)).truncatedTo(ChronoUnit.MINUTES), MINUTE);
    }

    @Test
    void whatWasCountedIsStoredAtTheLatestWhenReftrailIsClosed() {
        InMemoryOutbox outbox = new InMemoryOutbox();
        Reftrail reftrail = reftrail(outbox, new Monitoring());
        reftrail.visits().decided(CaptureResult.CRAWLER, "introw", null);
        reftrail.visits().decided(CaptureResult.CRAWLER, "introw", null);
        assertThat(counts(outbox)).isEmpty();

        reftrail.close();
        assertThat(counts(outbox))
                .extracting(Count::stage, Count::reason, Count::events)
                .containsExactly(tuple(Stage.LANDING, "crawler", 2L));
    }

    @Test
    void countsAreStoredAfterAnIntervalWithoutAnybodyWhoLooks() {
        InMemoryOutbox outbox = new InMemoryOutbox();
        try (Reftrail reftrail = reftrail(outbox, new Monitoring(Duration.ofMillis(20)))) {
            reftrail.visits().decided(CaptureResult.CRAWLER, "introw", null);
            await().until(() -> !counts(outbox).isEmpty());
        }
    }

    @Test
    void whatAnUnreachableOutboxDoesNotTakeIsKept() {
        AtomicBoolean away = new AtomicBoolean(true);
        InMemoryOutbox outbox = new InMemoryOutbox();
        Outbox unreliable = new ForwardingOutbox(outbox) {
            @Override
            public Figures figures() {
                return unreliable(outbox.figures(), away);
            }
        };
        Monitoring monitoring = new Monitoring();
        try (Reftrail reftrail = reftrail(unreliable, monitoring)) {
            reftrail.visits().decided(CaptureResult.CRAWLER, "introw", null);
            assertThatThrownBy(() -> monitoring.counts(MINUTE, 5)).isInstanceOf(OutboxException.class);
            reftrail.visits().decided(CaptureResult.CRAWLER, "introw", null);
            away.set(false);
            assertThat(monitoring.counts(MINUTE, 5).counts())
                    .extracting(Count::events)
                    .containsExactly(2L);
        }
    }

    private static Figures unreliable(Figures figures, AtomicBoolean away) {
        return (Figures) Proxy.newProxyInstance(
                Figures.class.getClassLoader(), new Class<?>[] {Figures.class}, (proxy, method, arguments) -> {
                    if (away.get()) {
                        throw new OutboxException("away");
                    }
                    return method.invoke(figures, arguments);
                });
    }

    @Test
    void aPauseIsSeenAndEndedFromAnotherProcess() {
        Path file = directory.resolve("shared.db");
        AtomicBoolean accepts = new AtomicBoolean();
        Monitoring here = new Monitoring(Duration.ofMillis(50));
        Monitoring there = new Monitoring(Duration.ofMillis(50));
        try (StubServer vendor =
                        StubServer.answering(call -> accepts.get() ? Answer.recorded() : Answer.of(401, "{}"));
                JdbcOutbox paused = JdbcOutbox.embedded(file).open();
                JdbcOutbox other = JdbcOutbox.embedded(file).open();
                Reftrail delivering = reftrail(paused, there, vendor.url());
                Reftrail looking = reftrail(other, here, vendor.url())) {
            paused.senders();
            other.senders();
            delivering.operations().start();
            paused.enqueue(TestLeads.lead("introw", "kim"));
            await().untilAsserted(() -> assertThat(here.nodes())
                    .filteredOn(node -> !node.self())
                    .singleElement()
                    .satisfies(node -> {
                        assertThat(node.queues().get(0).state()).isEqualTo(State.PAUSED_FOR_CREDENTIALS);
                        assertThat(node.queues().get(0).calls().get(0).verdict())
                                .isEqualTo("pause");
                    }));

            accepts.set(true);
            assertThat(here.resume("introw")).isTrue();
            assertThat(here.resume("nobody")).isFalse();
            await().until(() -> delivering.operations().queues().get(0).state() == State.RUNNING);
            await().until(() -> paused.depth("introw") == 0);
            assertThat(looking.backends()).containsExactly("introw");
        }
    }

    @Test
    void theOutboxesClockIsCompared() {
        InMemoryOutbox ahead = new InMemoryOutbox(10, Clock.offset(Clock.systemUTC(), Duration.ofSeconds(30)));
        Monitoring monitoring = new Monitoring();
        try (Reftrail reftrail = reftrail(ahead, monitoring)) {
            assertThat(reftrail.backends()).isNotEmpty();
            assertThat(monitoring.clockSkew()).isBetween(Duration.ofSeconds(29), Duration.ofSeconds(31));
        }
    }
}
