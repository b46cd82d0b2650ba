package io.reftrail.samples.sandbox;

import static io.reftrail.samples.sandbox.RunningSandbox.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.model.Event;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** How the payment provider's events reach an application: signed, in some order, once or more often. */
class StripeDeliveryTests {

    private static final String PAID_ONCE = "{\"email\":\"kim@example.org\"}";

    /** What one payment without a subscription tells, in order. */
    private static final List<String> TOLD = List.of(
            "customer.created",
            "payment_intent.created",
            "charge.succeeded",
            "payment_intent.succeeded",
            "checkout.session.completed");

    private static final StripeWebhookReceiver webhook = new StripeWebhookReceiver("whsec_another");

    @RegisterExtension
    static final RunningSandbox sandbox = new RunningSandbox(
            "--sandbox.stripe.webhook-urls=" + webhook.address(),
            "--sandbox.stripe.webhook-secret=whsec_another",
            "--sandbox.stripe.retry=10ms");

    @BeforeEach
    void forget() {
        webhook.forget();
    }

    @AfterAll
    static void close() {
        webhook.close();
    }

    @Test
    void eventsArriveOnceAndInOrder() throws Exception {
        pay();

        assertThat(types(webhook.await(5))).isEqualTo(TOLD);
    }

    @Test
    void anEventIsDeliveredAgainUntilTheApplicationAnswers2xx() throws Exception {
        webhook.fail(7);
        pay();

        assertThat(Set.copyOf(types(webhook.await(5)))).isEqualTo(Set.copyOf(TOLD));
        // The small Stripe counts an attempt when it has the answer.
        Awaitility.await().untilAsserted(() -> assertThat(attempts()).isEqualTo(12));
    }

    private long attempts() throws Exception {
        return json(sandbox.get("/sandbox/stripe"))
                .path("events")
                .valueStream()
                .mapToLong(event -> event.path("attempts").asLong())
                .sum();
    }

    @Test
    void eventsArriveTwice() throws Exception {
        mode("twice");
        pay();

        List<Event> events = webhook.await(10);
        assertThat(events).hasSize(10);
        assertThat(events.stream().map(Event::getId).distinct()).hasSize(5);
    }

    @Test
    void eventsArriveInTheWrongOrder() throws Exception {
        mode("reversed");
        pay();

        List<String> reversed = new ArrayList<>(TOLD);
        Collections.reverse(reversed);
        assertThat(types(webhook.await(5))).isEqualTo(reversed);
    }

    @Test
    void eventsOfSeveralActionsAreHeldAndThenArriveInTheWrongOrder() throws Exception {
        mode("held");
        String payment = pay().path("payment_intent").asString();
        sandbox.post("/sandbox/stripe/payments/" + payment + "/refund", "");
        assertThat(json(sandbox.get("/sandbox/stripe")).path("held").asInt()).isEqualTo(9);
        mode("reversed");

        List<String> types = types(webhook.await(9));
        assertThat(types.indexOf("charge.refunded")).isLessThan(types.indexOf("charge.succeeded"));
    }

    @Test
    void anEventIsSentAgainOnDemand() throws Exception {
        pay();
        String id = webhook.await(5).get(0).getId();

        sandbox.post("/sandbox/stripe/events/" + id + "/resend", "");

        assertThat(webhook.await(6).get(5).getId()).isEqualTo(id);
    }

    @Test
    void anotherMachineIsNoAddressForEvents() {
        assertThatThrownBy(() -> new RunningSandbox("--sandbox.stripe.webhook-urls=http://192.0.2.1/webhook"))
                .hasStackTraceContaining("not on this machine");
    }

    private static JsonNode pay() throws Exception {
        return json(sandbox.post("/sandbox/stripe/pay", PAID_ONCE));
    }

    private static void mode(String mode) throws Exception {
        assertThat(sandbox.send(sandbox.request("/sandbox/stripe/delivery")
                                .header("Content-Type", "application/json")
                                .PUT(BodyPublishers.ofString("{\"mode\":\"" + mode + "\"}")))
                        .statusCode())
                .isEqualTo(204);
    }

    private static List<String> types(List<Event> events) {
        return events.stream().map(Event::getType).toList();
    }
}
