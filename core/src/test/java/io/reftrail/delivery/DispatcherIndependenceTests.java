package io.reftrail.delivery;

import static io.reftrail.delivery.DispatcherFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.testing.ExchangingBackend;
import io.reftrail.testing.StubServer;
import io.reftrail.testing.StubServer.Answer;
import io.reftrail.testing.TestEvents;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One backend's trouble holds no other back. */
class DispatcherIndependenceTests {

    private static final int MANY = 40;

    /** Nobody gives up on a backend that hangs before the test ends. */
    private static final DeliverySettings PATIENT =
            new DeliverySettings(Duration.ofSeconds(2), Duration.ofSeconds(30), 4, Duration.ofSeconds(2));

    @Test
    void aBackendThatHangsHoldsNoOtherBack() {
        CountDownLatch end = new CountDownLatch(1);
        try (StubServer hanging = StubServer.answering(request -> {
                    await(end);
                    return Answer.of(200, "clk");
                });
                StubServer well = StubServer.answering(Answer.recorded());
                DispatcherFixture fixture = fixture(hanging, well)) {
            enqueueBoth(fixture);

            eventually().until(() -> fixture.outbox.depth("introw") == 0);

            assertThat(fixture.outbox.depth(ExchangingBackend.NAME)).isEqualTo(2 * MANY);
            end.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 401})
    void aBackendThatFailsHoldsNoOtherBack(int status) {
        try (StubServer failing = StubServer.answering(Answer.of(status, ""));
                StubServer well = StubServer.answering(Answer.recorded());
                DispatcherFixture fixture = fixture(failing, well)) {
            enqueueBoth(fixture);

            eventually().until(() -> fixture.outbox.depth("introw") == 0);

            assertThat(well.requests()).hasSize(MANY);
            assertThat(fixture.outbox.depth(ExchangingBackend.NAME)).isEqualTo(2 * MANY);
        }
    }

    private static DispatcherFixture fixture(StubServer troubled, StubServer well) {
        return DispatcherFixture.setup()
                .connections(PATIENT)
                .to(
                        new ExchangingBackend(troubled.url()),
                        IntrowBackend.builder("ik_secret")
                                .baseUrl(well.url())
                                .callsPerMinute(0)
                                .build());
    }

    private static void enqueueBoth(DispatcherFixture fixture) {
        for (int i = 0; i < MANY; i++) {
            fixture.outbox.enqueue(TestEvents.click(ExchangingBackend.NAME, "key-" + i));
            fixture.outbox.enqueue(TestEvents.lead(ExchangingBackend.NAME, "key-" + i, "customer-" + i));
            fixture.enqueue("introw", "customer-" + i);
        }
    }

    private static void await(CountDownLatch end) {
        try {
            end.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
