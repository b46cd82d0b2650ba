package io.reftrail.delivery;

import static io.reftrail.delivery.DispatcherDeliveryTests.introw;
import static io.reftrail.delivery.DispatcherFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.LogCapture;
import io.reftrail.testing.StubServer;
import io.reftrail.testing.StubServer.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Refused credentials: somebody on call has to know what to do, and sees at once whether it has helped. */
class CredentialsPauseTests {

    private static final Duration REST = Duration.ofMinutes(5);

    private final HandSetClock clock = new HandSetClock();

    @ParameterizedTest
    @CsvSource({
        "401, PAUSED_FOR_CREDENTIALS, HTTP 401: check the API key",
        "402, PAUSED_FOR_CREDENTIALS, HTTP 402: check the API key",
        "403, PAUSED_FOR_CREDENTIALS, HTTP 403: check the API key",
        "407, PAUSED_FOR_CREDENTIALS, HTTP 407: check the proxy's credentials",
        "404, PAUSED, HTTP 404: check the base URL",
        "405, PAUSED, HTTP 405: check the base URL",
    })
    void anOperatorSeesWhyAQueueRests(int status, QueueStatus.State state, String reason) {
        try (StubServer server = StubServer.answering(Answer.of(status, ""));
                DispatcherFixture fixture = DispatcherFixture.with(clock, introw(server.url()))) {
            fixture.enqueue("introw", "a");
            eventually().until(() -> fixture.listener.heard().size() == 1);

            eventually().untilAsserted(() -> assertThat(fixture.dispatcher.status())
                    .containsExactly(new QueueStatus("introw", state, REST, reason, 0)));
        }
    }

    @Test
    void theLogSaysWhatToCheckAndWhenItIsOver() {
        try (LogCapture log = new LogCapture();
                StubServer server = StubServer.answering(Answer.of(401, ""), Answer.recorded());
                DispatcherFixture fixture = DispatcherFixture.with(clock, introw(server.url()))) {
            fixture.enqueue("introw", "a");
            eventually().until(() -> fixture.listener.heard().size() == 1);
            clock.advance(REST.plusSeconds(30));
            fixture.dispatcher.wake();
            eventually().until(() -> fixture.listener.heard().contains("a RECORDED"));

            List<String> lines = log.lines().stream()
                    .filter(line -> !line.startsWith("DEBUG"))
                    .toList();
            assertThat(lines)
                    .containsExactly(
                            "WARN introw refuses the credentials, HTTP 401: check the API key. Correct the properties"
                                    + " reftrail.introw.*. The events for introw wait and are kept; one is sent as a"
                                    + " probe every PT5M.",
                            "INFO introw is resumed after a pause of PT5M30S");
        }
    }

    @Test
    void aFailureIsNoProofOfTheCredentials() {
        try (StubServer server = StubServer.answering(Answer.of(401, ""), Answer.of(500, ""), Answer.recorded());
                DispatcherFixture fixture = DispatcherFixture.with(clock, introw(server.url()))) {
            fixture.enqueue("introw", "a");
            eventually().until(() -> fixture.listener.heard().size() == 1);
            fixture.enqueue("introw", "b", "c");

            clock.advance(REST);
            fixture.dispatcher.wake();
            eventually().until(() -> fixture.listener.heard().size() == 2);
            fixture.lookAgain();
            assertThat(server.requests()).hasSize(2);

            clock.advance(REST);
            fixture.dispatcher.wake();
            eventually().until(() -> fixture.outbox.depth("introw") == 0);
            assertThat(server.requests()).hasSize(5);
        }
    }

    @Test
    void aQueueWithNothingLeftToProbeWithIsNotRefusedForEver() {
        try (StubServer server = StubServer.answering(Answer.of(401, ""));
                DispatcherFixture fixture = DispatcherFixture.with(clock, introw(server.url()))) {
            fixture.enqueue("introw", "a");
            eventually().until(() -> fixture.listener.heard().size() == 1);
            fixture.outbox.forget("a");

            fixture.dispatcher.resume("introw");

            eventually().until(() -> fixture.dispatcher.status().get(0).state() == QueueStatus.State.RUNNING);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void anOperatorNeedNotWait() {
        try (StubServer server = StubServer.answering(Answer.of(401, ""), Answer.recorded());
                DispatcherFixture fixture = DispatcherFixture.with(clock, introw(server.url()))) {
            fixture.enqueue("introw", "a");
            eventually().until(() -> fixture.listener.heard().size() == 1);
            fixture.enqueue("introw", "b", "c");

            assertThat(fixture.dispatcher.resume("unknown")).isFalse();
            assertThat(fixture.dispatcher.resume("introw")).isTrue();

            eventually().until(() -> fixture.listener.heard().containsAll(List.of("b RECORDED", "c RECORDED")));
            assertThat(fixture.dispatcher.status().get(0).state()).isEqualTo(QueueStatus.State.RUNNING);
        }
    }
}
