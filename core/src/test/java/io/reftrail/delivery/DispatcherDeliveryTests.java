package io.reftrail.delivery;

import static io.reftrail.delivery.DispatcherFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.backend.refport.RefportBackend;
import io.reftrail.outbox.Settlement;
import io.reftrail.testing.RawServer;
import io.reftrail.testing.StubServer;
import io.reftrail.testing.StubServer.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What reaches a backend through whatever goes wrong on the way. */
class DispatcherDeliveryTests {

    @Test
    void anEventIsDeliveredOnce() {
        try (StubServer server = StubServer.answering(Answer.recorded());
                DispatcherFixture fixture = DispatcherFixture.to(introw(server.url()))) {
            fixture.enqueue("introw", "a");
            eventually().until(() -> fixture.listener.heard().contains("a RECORDED"));
            fixture.lookAgain();

            assertThat(server.requests()).hasSize(1);
            assertThat(server.requests().get(0).path()).isEqualTo("/api/v1/affiliate/conversions");
            assertThat(server.requests().get(0).body()).isEqualTo("{\"clickId\":\"click-of-a\"}");
            assertThat(fixture.outbox.depth("introw")).isZero();
            assertThat(fixture.listener.heard()).containsExactly("a RECORDED");
        }
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(Answer.of(500, ""), "HTTP 500"),
                Arguments.of(Answer.of(502, "<html>"), "HTTP 502 with HTML"),
                Arguments.of(Answer.of(200, "<html>"), "HTTP 200 without a known status"),
                Arguments.of(Answer.of(201, ""), "HTTP 201 without a known status"),
                Arguments.of(Answer.of(400, "<html>"), "HTTP 400 with HTML"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatIsNotTheBackendsAnswerIsTriedAgain(Answer failure, String reason) {
        try (StubServer server = StubServer.answering(failure, failure, Answer.recorded());
                DispatcherFixture fixture = DispatcherFixture.to(introw(server.url()))) {
            fixture.enqueue("introw", "a");
            eventually().until(() -> fixture.listener.heard().contains("a RECORDED"));

            assertThat(fixture.listener.heard())
                    .containsExactly("a RETRY " + reason, "a RETRY " + reason, "a RECORDED");
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void aRedirectIsNotFollowed() {
        try (StubServer elsewhere = StubServer.answering(Answer.recorded());
                StubServer server = StubServer.answering(
                        new Answer(302, Map.of("Location", elsewhere.url()), ""), Answer.recorded());
                DispatcherFixture fixture = DispatcherFixture.to(introw(server.url()))) {
            fixture.enqueue("introw", "a");
            eventually().until(() -> fixture.listener.heard().contains("a RECORDED"));

            assertThat(fixture.listener.heard()).containsExactly("a RETRY HTTP 302", "a RECORDED");
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    static Stream<Arguments> manners() {
        return Stream.of(
                Arguments.of("hangs", RawServer.HANG),
                Arguments.of("resets", RawServer.RESET),
                Arguments.of("closes", RawServer.CLOSE),
                Arguments.of("drips", RawServer.DRIP_BODY));
    }

    @ParameterizedTest(name = "a server that {0}")
    @MethodSource("manners")
    void withoutAReplyAnEventIsTriedAgainAndAgain(String what, RawServer.Manner manner) {
        try (RawServer server = RawServer.with(manner);
                DispatcherFixture fixture = DispatcherFixture.to(introw(server.url()))) {
            fixture.enqueue("introw", "a");
            eventually().until(() -> fixture.listener.heard().size() >= 2);

            assertThat(fixture.listener.heard()).allMatch(news -> news.startsWith("a RETRY no reply: "));
            assertThat(fixture.outbox.depth("introw")).isOne();
            assertThat(fixture.outbox.settlements()).allMatch(Settlement.Retry.class::isInstance);
        }
    }

    @Test
    void aHangIsLeftAfterTheResponseTimeoutAndTheCallerNeverWaits() {
        CountDownLatch hanging = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        try (StubServer server = StubServer.answering(
                        request -> calls.getAndIncrement() == 0 ? hang(hanging) : Answer.recorded());
                DispatcherFixture fixture = DispatcherFixture.to(introw(server.url()))) {
            fixture.enqueue("introw", "a");
            assertThat(fixture.listener.heard()).isEmpty();
            eventually().until(() -> fixture.listener.heard().contains("a RECORDED"));

            assertThat(fixture.listener.heard())
                    .containsExactly("a RETRY no reply: SocketTimeoutException", "a RECORDED");
            hanging.countDown();
        }
    }

    @Test
    void oneBackendThatHangsDoesNotDelayAnother() {
        DeliverySettings patient =
                new DeliverySettings(Duration.ofSeconds(2), Duration.ofSeconds(30), 4, Duration.ofMillis(100));
        try (RawServer hanging = RawServer.with(RawServer.HANG);
                StubServer server = StubServer.answering(Answer.of(200, "{}"));
                DispatcherFixture fixture = DispatcherFixture.with(
                        patient,
                        introw(hanging.url()),
                        RefportBackend.builder("rk_secret")
                                .baseUrl(server.url())
                                .build())) {
            fixture.enqueue("introw", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l");
            eventually().until(() -> hanging.connections() == patient.maxInFlight());

            fixture.enqueue("refport", "m", "n", "o");
            eventually().until(() -> server.requests().size() == 3);

            assertThat(fixture.listener.heard()).noneMatch(news -> news.contains("RETRY"));
        }
    }

    /** Introw without its rate limit. */
    static IntrowBackend introw(String url) {
        return IntrowBackend.builder("ik_secret").baseUrl(url).callsPerMinute(0).build();
    }

    private static Answer hang(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return Answer.of(500, "");
    }
}
