package io.reftrail.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reftrail.Reftrail;
import io.reftrail.backend.HttpReply;
import io.reftrail.delivery.HttpTransport;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.outbox.memory.InMemoryOutbox;
import io.reftrail.spring.boot.RunningShop.Reply;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import tools.jackson.databind.JsonNode;

/** The day a backend's key expires, from the alarm to the leads that go out again. */
class RefusedKeyTests {

    private final HttpTransport transport = Mockito.mock();

    private void answer(int status, String body) throws IOException {
        Mockito.when(transport.send(Mockito.any())).thenReturn(new HttpReply(status, null, body, Instant.now()));
    }

    private static JsonNode introw(RunningShop shop) {
        return shop.get("/actuator/reftrail").json().path("backends").path("introw");
    }

    private static void signUp(RunningShop shop, String customer) {
        shop.bean(Reftrail.class).lead(new Attribution("introw", "aff_1", null), Customer.of(customer));
    }

    private static String health(RunningShop shop) {
        return shop.get("/actuator/health/reftrail").json().path("status").asString();
    }

    @Test
    void isAnAlarmUntilTheKeyIsMendedAndTheBackendResumed() throws IOException {
        answer(401, "{}");
        try (RunningShop shop = new RunningShop(
                new InMemoryOutbox(),
                transport,
                "management.endpoints.web.exposure.include=reftrail,health",
                "management.endpoint.health.show-details=always")) {
            signUp(shop, "kim");
            await().until(() -> introw(shop).path("state").asString().equals("PAUSED_FOR_CREDENTIALS"));
            assertThat(introw(shop).path("pause").asString()).startsWith("PT");
            assertThat(introw(shop).path("reason").asString()).contains("401");
            assertThat(introw(shop).path("waiting").asInt()).isEqualTo(1);
            assertThat(health(shop)).isEqualTo("DEGRADED");
            assertThat(shop.get("/actuator/health").status()).isEqualTo(200);

            signUp(shop, "alex");
            assertThat(introw(shop).path("waiting").asInt()).isEqualTo(2);
            answer(201, "{\"status\":\"recorded\"}");
            assertThat(shop.post("/actuator/reftrail", "{\"action\":\"resume\",\"backend\":\"introw\"}"))
                    .isEqualTo(new Reply(200, "{\"done\":1}"));
            await().until(() -> introw(shop).path("state").asString().equals("RUNNING"));
            await().until(() -> introw(shop).path("waiting").asInt() < 2);
            assertThat(health(shop)).isEqualTo("UP");
        }
    }
}
