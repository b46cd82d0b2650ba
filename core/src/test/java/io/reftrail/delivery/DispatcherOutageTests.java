package io.reftrail.delivery;

import static io.reftrail.delivery.DispatcherDeliveryTests.introw;
import static io.reftrail.delivery.DispatcherFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.outbox.OutboxException;
import io.reftrail.testing.LogCapture;
import io.reftrail.testing.StubServer;
import io.reftrail.testing.StubServer.Answer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A database that is away for a while: nothing is lost, nothing sent twice, and the log says so in two lines. */
class DispatcherOutageTests {

    private static final String[] MANY =
            IntStream.range(0, 200).mapToObj(Integer::toString).toArray(String[]::new);

    private static final DeliverySettings PATIENT =
            new DeliverySettings(Duration.ofSeconds(2), Duration.ofSeconds(20), 4, Duration.ofSeconds(1));

    private final AtomicBoolean away = new AtomicBoolean(true);
    private final AtomicInteger tries = new AtomicInteger();

    @Test
    void whileNothingCanBeSettledNothingIsClaimedAndLittleIsSent() {
        CountDownLatch buffered = new CountDownLatch(1);
        AtomicInteger requests = new AtomicInteger();
        try (StubServer server = StubServer.answering(request -> {
                    eventually().until(() -> buffered.getCount() == 0);
                    if (requests.getAndIncrement() > 0) {
                        eventually().until(() -> tries.get() >= 2);
                    }
                    return Answer.recorded();
                });
                LogCapture log = new LogCapture();
                DispatcherFixture fixture = DispatcherFixture.with(PATIENT, introw(server.url()))) {
            fixture.outbox.beforeBatch(batch -> failWhileAway());
            fixture.enqueue("introw", MANY);
            eventually().until(() -> fixture.outbox.claimed() > 3 * PATIENT.maxInFlight());
            buffered.countDown();
            eventually().until(() -> tries.get() >= 3);

            int claims = fixture.outbox.claims();
            int sent = server.requests().size();
            eventually().until(() -> tries.get() >= 5);
            assertThat(fixture.outbox.claims()).isEqualTo(claims);
            assertThat(server.requests()).hasSize(sent);
            assertThat(sent).isLessThanOrEqualTo(PATIENT.maxInFlight() + 1);
            assertThat(fixture.listener.heard()).isEmpty();

            away.set(false);
            eventually().until(() -> fixture.listener.heard().size() == MANY.length);
            assertThat(server.requests()).hasSize(MANY.length);
            assertThat(fixture.listener.heard()).doesNotHaveDuplicates();
            assertThat(fixture.outbox.depth("introw")).isZero();
            assertThat(log.lines()).filteredOn(line -> line.startsWith("WARN")).hasSize(1);
            assertThat(log.lines()).filteredOn(line -> line.startsWith("INFO")).hasSize(1);
        }
    }

    @Test
    void anOutageThatLastsLosesNoAnswer() {
        try (StubServer server = StubServer.answering(Answer.recorded());
                DispatcherFixture fixture = DispatcherFixture.with(PATIENT, introw(server.url()))) {
            fixture.outbox.beforeBatch(batch -> {
                fixture.outbox.beforeClaim(number -> failWhileAway());
                fixture.outbox.beforeLook(this::throwWhileAway);
                failWhileAway();
            });
            fixture.enqueue("introw", "a");
            eventually().until(() -> tries.get() >= 6);

            away.set(false);
            fixture.enqueue("introw", "b");

            eventually().until(() -> fixture.listener.heard().contains("b RECORDED"));
            assertThat(fixture.listener.heard()).containsExactly("a RECORDED", "b RECORDED");
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void whileNothingCanBeClaimedTheLogIsNotFilled() {
        try (StubServer server = StubServer.answering(Answer.recorded());
                LogCapture log = new LogCapture();
                DispatcherFixture fixture = DispatcherFixture.to(introw(server.url()))) {
            fixture.outbox.beforeClaim(number -> failWhileAway());
            fixture.enqueue("introw", "a");
            eventually().until(() -> tries.get() >= 4);

            away.set(false);
            eventually().until(() -> fixture.listener.heard().contains("a RECORDED"));

            assertThat(log.lines()).filteredOn(line -> line.startsWith("WARN")).hasSize(1);
            assertThat(log.lines()).filteredOn(line -> line.startsWith("INFO")).hasSize(1);
        }
    }

    @Test
    void oneSettlementThatCanNeverBeWrittenDoesNotHoldTheOthers() {
        try (StubServer server = StubServer.answering(Answer.recorded());
                DispatcherFixture fixture = DispatcherFixture.to(introw(server.url()))) {
            fixture.outbox.beforeBatch(batch -> {
                if (batch.stream().anyMatch(settled -> settled.claim().id().equals("1"))) {
                    throw new OutboxException("spoilt");
                }
            });
            fixture.enqueue("introw", "bad", "a", "b", "c");
            fixture.enqueue("introw", MANY);

            eventually().until(() -> fixture.listener.heard().size() == MANY.length + 3);
        }
    }

    private void failWhileAway() {
        tries.incrementAndGet();
        throwWhileAway();
    }

    private void throwWhileAway() {
        if (away.get()) {
            throw new OutboxException("away");
        }
    }
}
