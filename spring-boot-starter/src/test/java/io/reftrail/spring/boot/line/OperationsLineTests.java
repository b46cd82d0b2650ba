package io.reftrail.spring.boot.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.reftrail.Reftrail;
import io.reftrail.testing.StubServer;
import io.reftrail.testing.StubServer.Answer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** What operators see of it. */
@ExtendWith(OutputCaptureExtension.class)
class OperationsLineTests {

    private static final String EXPOSED = "management.endpoints.web.exposure.include=*";
    private static final String DETAILS = "management.endpoint.health.show-details=always";

    private static void refuseTheKey(Shop shop) {
        shop.visitor.visit("/pricing?irw_id=aff_1");
        shop.visitor.signIn("kim@example.org");
        await().until(() -> shop.bean(Reftrail.class).operations().queues().stream()
                .anyMatch(queue -> queue.state().name().equals("PAUSED_FOR_CREDENTIALS")));
    }

    @Test
    void theEndpointShowsTheQueuesAndResumesThem() {
        try (StubServer refusing = StubServer.answering(Answer.of(401, "{}"), Answer.recorded());
                Shop shop = new Shop(EXPOSED, "reftrail.introw.base-url=" + refusing.url())) {
            assertThat(Browser.json(shop.visitor.get("/actuator/reftrail"))
                            .at("/backends/introw/state")
                            .asString())
                    .isEqualTo("RUNNING");
            refuseTheKey(shop);

            HttpResponse<String> status = shop.visitor.get("/actuator/reftrail");
            JsonNode introw = Browser.json(status).at("/backends/introw");
            assertThat(Browser.json(status).path("store").asString()).isEqualTo("the application's H2 database");
            assertThat(introw.propertyNames())
                    .containsExactly("state", "pause", "reason", "inFlight", "waiting", "oldestAge", "dead", "held");
            assertThat(introw.path("state").asString()).isEqualTo("PAUSED_FOR_CREDENTIALS");
            assertThat(introw.path("oldestAge").asString()).startsWith("PT");
            assertThat(introw.path("waiting").asInt()).isOne();
            assertThat(status.body()).doesNotContain("kim", "aff_1");

            HttpResponse<String> resumed = shop.visitor.post(
                    "/actuator/reftrail", "application/json", "{\"action\":\"resume\",\"backend\":\"introw\"}");
            assertThat(resumed.body()).isEqualTo("{\"done\":1}");
            await().until(() -> shop.bean(Reftrail.class).operations().outbox().depth("introw") == 0);
        }
    }

    @Test
    void healthIsUpWhileLeadsGetThroughAndDegradedWhenTheKeyIsRefused() {
        try (StubServer refusing = StubServer.answering(Answer.of(401, "{}"));
                Shop shop = new Shop(EXPOSED, DETAILS, "reftrail.introw.base-url=" + refusing.url())) {
            JsonNode before = Browser.json(shop.visitor.get("/actuator/health/reftrail"));
            assertThat(before.path("status").asString()).isEqualTo("UP");
            assertThat(before.at("/details/introw/state").asString()).isEqualTo("RUNNING");
            refuseTheKey(shop);

            HttpResponse<String> after = shop.visitor.get("/actuator/health/reftrail");
            assertThat(after.statusCode()).isEqualTo(200);
            assertThat(Browser.json(after).path("status").asString()).isEqualTo("DEGRADED");
            assertThat(Browser.json(after).at("/details/introw/state").asString())
                    .isEqualTo("PAUSED_FOR_CREDENTIALS");
            HttpResponse<String> whole = shop.visitor.get("/actuator/health");
            assertThat(Browser.json(whole).path("status").asString())
                    .as(whole.body())
                    .isEqualTo("UP");
        }
    }

    @Test
    void healthCanBeSwitchedOff() {
        try (Shop shop = new Shop(EXPOSED, DETAILS, "management.health.reftrail.enabled=false")) {
            assertThat(shop.visitor.get("/actuator/health/reftrail").statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void metersCountWhatHappens() {
        try (Shop shop = new Shop(EXPOSED)) {
            shop.visitor.visit("/pricing?irw_id=aff_1");
            shop.visitor.signIn("kim@example.org");
            MeterRegistry meters = shop.bean(MeterRegistry.class);

            await().until(() ->
                    meters.counter("reftrail.deliveries", "backend", "introw", "event", "lead", "outcome", "recorded")
                                    .count()
                            == 1);
            assertThat(meters.counter("reftrail.captures", "backend", "introw", "result", "captured")
                            .count())
                    .isOne();
            await().until(() -> meters.find("reftrail.send").timer() != null);
            assertThat(Browser.json(shop.visitor.get("/actuator/metrics/reftrail.outbox.waiting"))
                            .at("/measurements/0/value")
                            .asInt(-1))
                    .isZero();
        }
    }

    @Test
    void aWrongSettingIsExplained(CapturedOutput output) {
        assertThatThrownBy(() -> new Shop("reftrail.cookie.same-site=none")).isNotNull();
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("reftrail.cookie.same-site")
                .contains("reftrail.cookie.secure=always");
    }
}
