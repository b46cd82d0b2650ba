package io.reftrail.samples.sandbox;

import static io.reftrail.samples.sandbox.RunningSandbox.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.Stripe;
import com.stripe.model.Charge;
import com.stripe.model.Dispute;
import com.stripe.model.Event;
import com.stripe.model.Invoice;
import com.stripe.model.InvoicePayment;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeObject;
import com.stripe.model.Subscription;
import com.stripe.model.checkout.Session;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The payment provider's events, received, verified and read by Stripe's own library. */
class StripeEventTests {

    private static final StripeWebhookReceiver webhook = new StripeWebhookReceiver("whsec_sandbox");

    @RegisterExtension
    static final RunningSandbox sandbox =
            new RunningSandbox("--sandbox.stripe.webhook-urls=" + webhook.address(), "--sandbox.stripe.retry=10ms");

    @BeforeEach
    void forget() {
        webhook.forget();
    }

    @AfterAll
    static void close() {
        webhook.close();
    }

    @Test
    void everyEventIsReadByStripesLibraryAndHasNoMemberThatItDoesNotKnow() throws Exception {
        JsonNode subscription =
                journey("subscribe", "{'automatic_tax':true,'coupon':'percent-10','email':'kim@example.org'}");
        String id = subscription.path("subscription").asString();
        act("subscriptions/" + id + "/renew");
        act("subscriptions/" + id + "/upgrade?amount=4900");
        act("subscriptions/" + id + "/cancel");
        journey("subscribe", "{'trial_days':14}");
        journey("pay", "{'means':'declined_card'}");
        JsonNode once = journey("pay", "{'metadata':{'a':'b'}}");
        act("payments/" + once.path("payment_intent").asString() + "/refund?part=half");
        act("payments/" + once.path("payment_intent").asString() + "/refund");
        for (String end : List.of("win", "lose")) {
            JsonNode disputed = act(
                    "payments/" + journey("pay", "{}").path("payment_intent").asString() + "/dispute");
            act("disputes/" + disputed.path("id").asString() + "/" + end);
        }
        for (String end : List.of("arrive", "bounce")) {
            act("payments/"
                    + journey("pay", "{'means':'sepa_debit'}")
                            .path("payment_intent")
                            .asString() + "/" + end);
        }

        List<Event> events = webhook.awaitType("checkout.session.async_payment_failed");

        assertThat(events.stream().map(Event::getType).distinct().sorted())
                .containsExactly(
                        "charge.dispute.closed",
                        "charge.dispute.created",
                        "charge.dispute.funds_reinstated",
                        "charge.dispute.funds_withdrawn",
                        "charge.dispute.updated",
                        "charge.refund.updated",
                        "charge.refunded",
                        "charge.succeeded",
                        "checkout.session.async_payment_failed",
                        "checkout.session.async_payment_succeeded",
                        "checkout.session.completed",
                        "customer.created",
                        "customer.subscription.created",
                        "customer.subscription.deleted",
                        "customer.subscription.updated",
                        "invoice.created",
                        "invoice.finalized",
                        "invoice.paid",
                        "invoice.payment_succeeded",
                        "invoice_payment.paid",
                        "payment_intent.created",
                        "payment_intent.payment_failed",
                        "payment_intent.processing",
                        "payment_intent.succeeded",
                        "refund.created",
                        "refund.updated");
        List<String> unknown = new ArrayList<>();
        for (Event event : events) {
            StripeObject object = event.getDataObjectDeserializer().getObject().orElseThrow();
            JsonNode sent = JsonMapper.shared()
                    .readTree(event.getDataObjectDeserializer().getRawJson());
            JsonNode known = JsonMapper.shared().readTree(StripeObject.PRETTY_PRINT_GSON.toJson(object));
            unknown.addAll(unknown(event.getType(), sent, known));
        }
        assertThat(unknown).isEmpty();
        assertThat(events).extracting(Event::getApiVersion).containsOnly(Stripe.API_VERSION);
    }

    /** The members that were sent and were not kept with their value by the library's classes. */
    private static List<String> unknown(String path, JsonNode sent, JsonNode known) {
        List<String> unknown = new ArrayList<>();
        sent.properties().forEach(member -> {
            String name = path + "/" + member.getKey();
            JsonNode kept = known.path(member.getKey());
            boolean same = member.getValue().isContainer()
                    || member.getValue().asString().equals(kept.asString());
            if (!same || (kept.isMissingNode() && !member.getValue().isNull())) {
                unknown.add(name + " " + member.getValue() + " " + kept);
            } else {
                unknown.addAll(unknown(name, member.getValue(), kept));
            }
        });
        for (int i = 0; sent.isArray() && i < sent.size(); i++) {
            unknown.addAll(unknown(path + "/" + i, sent.get(i), known.path(i)));
        }
        return unknown;
    }

    @Test
    void anInvoiceAndItsPaymentAreLinkedByTheInvoicePaymentOnly() throws Exception {
        JsonNode session = journey("subscribe", "{'metadata':{'plan':'pro'},'client_reference_id':'kim'}");
        List<Event> events = webhook.awaitType("checkout.session.completed");

        Invoice invoice = object(events, "invoice.paid", Invoice.class);
        InvoicePayment link = object(events, "invoice_payment.paid", InvoicePayment.class);
        PaymentIntent intent = object(events, "payment_intent.succeeded", PaymentIntent.class);
        Subscription subscription = object(events, "customer.subscription.created", Subscription.class);
        Session completed = object(events, "checkout.session.completed", Session.class);

        assertThat(invoice.getPayments()).isNull();
        assertThat(link.getInvoice()).isEqualTo(invoice.getId());
        assertThat(link.getPayment().getPaymentIntent()).isEqualTo(intent.getId());
        assertThat(intent.getMetadata()).isEmpty();
        assertThat(invoice.getParent().getSubscriptionDetails().getSubscription())
                .isEqualTo(subscription.getId());
        assertThat(invoice.getParent().getSubscriptionDetails().getMetadata()).containsEntry("plan", "pro");
        assertThat(invoice.getLines().getData().get(0).getMetadata()).containsEntry("plan", "pro");
        assertThat(completed.getClientReferenceId()).isEqualTo("kim");
        assertThat(completed.getPaymentIntent()).isNull();
        assertThat(completed.getInvoice()).isEqualTo(invoice.getId());
        assertThat(completed.getSubscription())
                .isEqualTo(session.path("subscription").asString());
    }

    @Test
    void aRefundAndADisputeNameThePaymentAndNeitherInvoiceNorCustomersMetadata() throws Exception {
        String intent = journey("pay", "{'metadata':{'who':'kim'}}")
                .path("payment_intent")
                .asString();
        act("payments/" + intent + "/refund?part=half");
        act("payments/" + intent + "/dispute");
        List<Event> events = webhook.awaitType("charge.dispute.funds_withdrawn");

        Charge charge = object(events, "charge.refunded", Charge.class);
        Dispute dispute = object(events, "charge.dispute.created", Dispute.class);

        assertThat(charge.getPaymentIntent()).isEqualTo(intent);
        assertThat(charge.getAmountRefunded()).isEqualTo(1450);
        assertThat(charge.getRefunded()).isFalse();
        assertThat(charge.getMetadata()).containsEntry("who", "kim");
        assertThat(dispute.getPaymentIntent()).isEqualTo(intent);
        assertThat(dispute.getAmount()).isEqualTo(1450);
        assertThat(dispute.getMetadata()).isEmpty();
    }

    private static <T> T object(List<Event> events, String type, Class<T> as) {
        return as.cast(events.stream()
                .filter(event -> event.getType().equals(type))
                .findFirst()
                .flatMap(event -> event.getDataObjectDeserializer().getObject())
                .orElseThrow());
    }

    private static JsonNode journey(String name, String purchase) throws Exception {
        return answer(sandbox.post("/sandbox/stripe/" + name, purchase.replace('\'', '"')));
    }

    private static JsonNode act(String path) throws Exception {
        return answer(sandbox.post("/sandbox/stripe/" + path, ""));
    }

    private static JsonNode answer(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 201);
        return json(response);
    }
}
