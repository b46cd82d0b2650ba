package io.reftrail.delivery;

import static io.reftrail.delivery.DispatcherDeliveryTests.introw;
import static io.reftrail.delivery.DispatcherFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.refport.RefportBackend;
import io.reftrail.testing.StubServer;
import io.reftrail.testing.StubServer.Answer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An outbox that others use too is looked at now and then, one of our own is not. */
class DispatcherSharedTests {

    private static final DeliverySettings LOOKING = new DeliverySettings(
            Duration.ofMillis(300), Duration.ofMillis(300), 4, Duration.ofSeconds(2), Duration.ofMillis(50));

    private final WatchedOutbox outbox = new WatchedOutbox(Clock.systemUTC());

    @Test
    void whatAnotherProcessHasLeftIsFoundWithoutAWord() {
        outbox.share(1);
        try (StubServer server = StubServer.answering(Answer.recorded());
                DispatcherFixture fixture = fixture(server)) {
            fixture.dispatcher.start();
            eventually().until(() -> outbox.looks() >= 3);

            fixture.enqueue("introw", "a");

            eventually().until(() -> fixture.listener.heard().contains("a RECORDED"));
        }
    }

    @Test
    void nothingBeginsBeforeTheStart() {
        outbox.share(1);
        try (StubServer server = StubServer.answering(Answer.recorded());
                DispatcherFixture fixture = fixture(server)) {
            assertThat(outbox.looks()).isZero();
            fixture.dispatcher.start();
            eventually().until(() -> outbox.looks() > 0);
        }
    }

    @Test
    void whatOthersDoNotUseIsLeftInPeace() {
        try (StubServer server = StubServer.answering(Answer.recorded());
                DispatcherFixture fixture = fixture(server)) {
            fixture.dispatcher.start();
            assertThat(outbox.looks()).isZero();
            fixture.enqueue("introw", "a");
            eventually().until(() -> fixture.listener.heard().contains("a RECORDED"));
            fixture.lookAgain();

            int looks = outbox.looks();
            long later = System.nanoTime() + 5 * LOOKING.pollInterval().toNanos();
            eventually().until(() -> System.nanoTime() > later);
            assertThat(outbox.looks()).isEqualTo(looks);
            assertThat(outbox.beats()).isZero();
        }
    }

    @Test
    void announcesItselfBeforeItClaims() {
        outbox.share(2);
        outbox.beforeClaim(number -> assertThat(outbox.beats()).isOne());
        try (StubServer server = StubServer.answering(Answer.recorded());
                DispatcherFixture fixture = fixture(server)) {
            fixture.dispatcher.start();
            eventually().until(() -> outbox.looks() >= 3);

            assertThat(outbox.beats()).isOne();
            assertThat(outbox.purges()).isZero();
        }
    }

    @Test
    void roundsOnASharedOutboxAreApartUnlessABatchWaits() {
        outbox.share(1);
        outbox.announce();
        try (StubServer server = StubServer.answering(Answer.recorded());
                DispatcherFixture fixture = fixture(server)) {
            long start = System.nanoTime();
            for (int event = 1; event <= 6; event++) {
                String customer = "customer-" + event;
                fixture.enqueue("introw", customer);
                eventually().until(() -> fixture.listener.heard().contains(customer + " RECORDED"));
            }
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);

            assertThat((long) outbox.claims()).isLessThanOrEqualTo(elapsed.dividedBy(Dispatcher.BETWEEN_ROUNDS) + 2);
        }
    }

    @Test
    void aFullBatchDoesNotWaitForTheNextRound() {
        outbox.share(1);
        List<Long> claimedAt = new CopyOnWriteArrayList<>();
        outbox.beforeClaim(number -> claimedAt.add(System.nanoTime()));
        String[] customers = IntStream.range(0, 200).mapToObj(Integer::toString).toArray(String[]::new);
        try (StubServer server = StubServer.answering(Answer.of(200, "{}"));
                DispatcherFixture fixture = DispatcherFixture.setup()
                        .settings(LOOKING)
                        .outbox(outbox)
                        .to(RefportBackend.builder("rk_secret")
                                .baseUrl(server.url())
                                .build())) {
            fixture.enqueue("refport", customers);
            fixture.dispatcher.start();
            eventually().until(() -> outbox.settlements().size() == customers.length);

            assertThat(IntStream.range(1, claimedAt.size())
                            .mapToLong(claim -> claimedAt.get(claim) - claimedAt.get(claim - 1)))
                    .anyMatch(nanos -> nanos < Dispatcher.BETWEEN_ROUNDS.toNanos() / 2);
        }
    }

    private DispatcherFixture fixture(StubServer server) {
        return DispatcherFixture.setup().settings(LOOKING).outbox(outbox).to(introw(server.url()));
    }
}
