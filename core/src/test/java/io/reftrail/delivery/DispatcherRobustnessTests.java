package io.reftrail.delivery;

import static io.reftrail.delivery.DispatcherDeliveryTests.introw;
import static io.reftrail.delivery.DispatcherFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.outbox.OutboxException;
import io.reftrail.testing.LogCapture;
import io.reftrail.testing.StubServer;
import io.reftrail.testing.StubServer.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whose code fails on a delivery thread does not stop deliveries. */
class DispatcherRobustnessTests {

    private static final DeliverySettings ONE_AT_A_TIME =
            new DeliverySettings(Duration.ofMillis(300), Duration.ofMillis(300), 1, Duration.ofSeconds(1));

    static Stream<Arguments> defects() {
        return Stream.of("call", "outcome", "deliveryTimeout")
                .flatMap(method -> Stream.of(
                        Arguments.of(method, new IllegalStateException("defect")),
                        Arguments.of(method, new StackOverflowError())));
    }

    @ParameterizedTest(name = "{0} throws {1}")
    @MethodSource("defects")
    void aBackendThatThrowsForOneEventStillGetsTheOthers(String method, Throwable defect) {
        try (StubServer server = StubServer.answering(Answer.recorded());
                DispatcherFixture fixture =
                        DispatcherFixture.with(ONE_AT_A_TIME, new DefectiveBackend(server.url(), method, defect))) {
            fixture.enqueue("introw", "bad", "good", "better");

            eventually().until(() -> fixture.listener.heard().containsAll(List.of("good RECORDED", "better RECORDED")));
        }
    }

    static Stream<Throwable> defectsOfListeners() {
        return Stream.of(new IllegalStateException("listener"), new NoClassDefFoundError("listener"));
    }

    @ParameterizedTest
    @MethodSource("defectsOfListeners")
    void aListenerThatThrowsChangesNothing(Throwable defect) {
        Answer pause = new Answer(429, Map.of("Retry-After", "1"), "");
        try (LogCapture log = new LogCapture();
                StubServer server =
                        StubServer.answering(Answer.of(500, ""), pause, Answer.recorded(), Answer.of(422, ""));
                DispatcherFixture fixture = DispatcherFixture.with(new FailingListener(defect), introw(server.url()))) {
            for (String customer : List.of("a", "b")) {
                fixture.enqueue("introw", customer);
                eventually().until(() -> fixture.outbox.depth("introw") == 0);
            }

            assertThat(server.requests()).hasSize(4);
            assertThat(log.lines()).noneMatch(line -> line.contains("The outbox cannot"));
        }
    }

    static Stream<Arguments> outages() {
        IntConsumer first = number -> {
            if (number == 0) {
                throw new OutboxException("away");
            }
        };
        IntConsumer fatal = number -> {
            if (number == 0) {
                throw new NoClassDefFoundError("half an upgrade");
            }
        };
        return Stream.of(Arguments.of("now and then", first), Arguments.of("badly", fatal));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("outages")
    void anOutboxThatGivesNothingForAWhileIsAskedAgain(String how, IntConsumer failure) {
        try (StubServer server = StubServer.answering(Answer.recorded());
                DispatcherFixture fixture = DispatcherFixture.to(introw(server.url()))) {
            fixture.outbox.beforeClaim(failure);
            fixture.enqueue("introw", "a", "b");

            eventually().until(() -> fixture.listener.heard().size() == 2);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("outages")
    void whatCouldNotBeSettledIsKeptAndSettledLater(String how, IntConsumer failure) {
        try (StubServer server = StubServer.answering(Answer.recorded(), Answer.of(200, "{\"status\":\"duplicate\"}"));
                DispatcherFixture fixture = DispatcherFixture.with(ONE_AT_A_TIME, introw(server.url()))) {
            fixture.outbox.beforeSettle(failure);
            fixture.enqueue("introw", "a", "b");

            eventually().until(() -> fixture.outbox.depth("introw") == 0);
            assertThat(fixture.listener.heard()).containsExactly("a RECORDED", "b DUPLICATE");
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void aFullConnectionPoolOnlyDelays() {
        DeliverySettings oneConnection =
                new DeliverySettings(Duration.ofMillis(300), Duration.ofMillis(50), 1, Duration.ofSeconds(1));
        try (StubServer server = StubServer.answering(Answer.recorded());
                DispatcherFixture fixture =
                        DispatcherFixture.setup().connections(oneConnection).to(introw(server.url()))) {
            fixture.enqueue("introw", "a", "b", "c", "d", "e", "f", "g", "h");

            eventually().until(() -> fixture.outbox.depth("introw") == 0);
        }
    }

    private record FailingListener(Throwable defect) implements DeliveryListener {

        @Override
        public void onSettled(Event event, Outcome outcome) {
            fail();
        }

        @Override
        public void onRetry(Event event, String reason, Duration delay) {
            fail();
        }

        @Override
        public void onPause(String backend, String reason, Duration pause) {
            fail();
        }

        private void fail() {
            if (defect instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) defect;
        }
    }
}
