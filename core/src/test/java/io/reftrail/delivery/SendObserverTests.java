package io.reftrail.delivery;

import static io.reftrail.delivery.DispatcherDeliveryTests.introw;
import static io.reftrail.delivery.DispatcherFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.TrackingBackend;
import io.reftrail.model.Lead;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.testing.LogCapture;
import io.reftrail.testing.StubServer;
import io.reftrail.testing.StubServer.Answer;
import io.reftrail.testing.TestLeads;
import io.reftrail.testing.UnreachableTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an observer does, an event is sent once and its answer is the backend's. */
class SendObserverTests {

    static Stream<Arguments> observers() {
        return Stream.of(
                observer("throws before the send", (event, send) -> {
                    throw new IllegalStateException("before");
                }),
                observer("fails badly before the send", (event, send) -> {
                    throw new NoClassDefFoundError("before");
                }),
                observer("throws after the send", (event, send) -> {
                    assertThat(send.get()).isNotNull();
                    throw new IllegalStateException("after");
                }),
                observer("sends twice", (event, send) -> {
                    assertThat(send.get()).isNotNull();
                    return send.get();
                }),
                observer("does not send", (event, send) -> Outcome.of(Verdict.REJECTED, "no")),
                observer("has an answer of its own", (event, send) -> {
                    assertThat(send.get()).isNotNull();
                    return Outcome.of(Verdict.RETRY, "again");
                }),
                observer("sends on another thread", (event, send) -> {
                    Thread other = new Thread(() -> assertThat(send.get()).isNotNull());
                    other.start();
                    return Outcome.of(Verdict.RETRY, "too early");
                }));
    }

    @Test
    void anObserverThatThrowsDoesNotKeepTheNextOneFromObserving() {
        List<String> observed = new ArrayList<>();
        SendObserver defective = (event, send) -> {
            throw new IllegalStateException("defect");
        };
        SendObserver working = (event, send) -> {
            Outcome outcome = send.get();
            observed.add(outcome.reason());
            return outcome;
        };
        Delivery delivery =
                new Delivery(new UnreachableTransport(), Backoff.standard(() -> 0.5), List.of(defective, working));
        try (LogCapture log = new LogCapture()) {
            TrackingBackend backend = introw("http://localhost:1");
            Lead lead = TestLeads.lead("introw", "a");
            Outcome outcome = delivery.send(backend, lead, backend.call(lead));

            assertThat(outcome.verdict()).isEqualTo(Verdict.RETRY);
            assertThat(observed).containsExactly("no reply: IOException");
            assertThat(log.lines())
                    .anyMatch(line -> line.startsWith(
                            "WARN The send observer " + defective.getClass().getName() + " failed"));
        }
    }

    private static Arguments observer(String what, SendObserver observer) {
        return Arguments.of(what, observer);
    }

    @ParameterizedTest(name = "an observer that {0}")
    @MethodSource("observers")
    void anEventIsSentOnce(String what, SendObserver observer) {
        try (StubServer server = StubServer.answering(Answer.recorded(), Answer.of(200, "{\"status\":\"duplicate\"}"));
                DispatcherFixture fixture =
                        DispatcherFixture.setup().observer(observer).to(introw(server.url()))) {
            fixture.enqueue("introw", "a");
            eventually().until(() -> fixture.outbox.depth("introw") == 0);
            fixture.lookAgain();

            assertThat(server.requests()).hasSize(1);
            eventually().until(() -> fixture.listener.heard().contains("a RECORDED"));
        }
    }
}
