package io.reftrail.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Charge;
import com.stripe.model.CreditNote;
import com.stripe.model.Dispute;
import com.stripe.model.Event;
import com.stripe.model.Invoice;
import com.stripe.model.InvoicePayment;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.model.StripeObject;
import com.stripe.model.Subscription;
import com.stripe.model.checkout.Session;
import com.stripe.net.ApiResource;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The events of these tests are Stripe's: stripe-java reads them, in its own API version, and sees what {@link StripeEvents}
 * reads.
 */
class StripeEventShapeTests {

    private final StripeAccount stripe = StripeAccount.of("A", Shop.NOW);

    private static <T extends StripeObject> T read(String event, Class<T> kind) {
        Event read = ApiResource.GSON.fromJson(event, Event.class);
        StripeObject object = read.getDataObjectDeserializer().getObject().orElseThrow();
        assertThat(read.getLivemode()).isFalse();
        assertThat(read.getCreated()).isPositive();
        return kind.cast(object);
    }

    @Test
    void anInvoice() {
        Invoice invoice = read(
                stripe.invoice(
                        "in_1", "subscription_create", 11900, 11900, 1900, "eur", Map.of("reftrail_customer", "anna")),
                Invoice.class);
        assertThat(invoice.getAmountPaid()).isEqualTo(11900);
        assertThat(invoice.getTotal()).isEqualTo(11900);
        assertThat(invoice.getTotalTaxes()).singleElement().satisfies(tax -> assertThat(tax.getAmount())
                .isEqualTo(1900));
        assertThat(invoice.getBillingReason()).isEqualTo("subscription_create");
        assertThat(invoice.getCustomer()).isEqualTo("cus_A");
        assertThat(invoice.getStatus()).isEqualTo("paid");
        Invoice.Parent.SubscriptionDetails details = invoice.getParent().getSubscriptionDetails();
        assertThat(details.getSubscription()).isEqualTo("sub_A");
        assertThat(details.getMetadata()).containsEntry("reftrail_customer", "anna");
        assertThat(invoice.getLines().getData().get(1)).satisfies(line -> {
            assertThat(line.getPricing().getPriceDetails().getProduct()).isEqualTo("prod_pro");
            assertThat(line.getPeriod().getEnd() - line.getPeriod().getStart()).isEqualTo(30 * 86_400);
        });
    }

    @Test
    void theLinkBetweenAnInvoiceAndItsPayment() {
        InvoicePayment payment = read(stripe.invoicePayment("in_1", "pi_1", 11900), InvoicePayment.class);
        assertThat(payment.getInvoice()).isEqualTo("in_1A");
        assertThat(payment.getPayment().getPaymentIntent()).isEqualTo("pi_1A");
        PaymentIntent intent = read(stripe.intent("pi_1", "ch_1", 11900, "eur", "in_1", Map.of()), PaymentIntent.class);
        assertThat(intent.getPaymentDetails().getOrderReference()).isEqualTo("in_1A");
        assertThat(intent.getLatestCharge()).isEqualTo("ch_1A");
        assertThat(intent.getAmountReceived()).isEqualTo(11900);
    }

    @Test
    void aSession() {
        Session session = read(stripe.subscribed(Map.of("reftrail_customer", "anna")), Session.class);
        assertThat(session.getMode()).isEqualTo("subscription");
        assertThat(session.getInvoice()).isEqualTo("in_1A");
        assertThat(session.getSubscription()).isEqualTo("sub_A");
        assertThat(session.getMetadata()).containsEntry("reftrail_customer", "anna");
        Session single = read(
                stripe.checkout(
                        "checkout.session.completed", "paid", 11900, 1900, "eur", "\"client_reference_id\": \"anna\""),
                Session.class);
        assertThat(single.getClientReferenceId()).isEqualTo("anna");
        assertThat(single.getPaymentIntent()).isEqualTo("pi_1A");
        assertThat(single.getPaymentStatus()).isEqualTo("paid");
        assertThat(single.getAmountTotal()).isEqualTo(11900);
        assertThat(single.getTotalDetails().getAmountTax()).isEqualTo(1900);
        assertThat(single.getCustomerDetails().getEmail()).isEqualTo("guest@example.com");
    }

    @Test
    void whatIsGivenBack() {
        Charge charge = read(stripe.charge("charge.refunded", "ch_1", "pi_1", 11900, 2380), Charge.class);
        assertThat(charge.getAmountRefunded()).isEqualTo(2380);
        assertThat(charge.getPaymentIntent()).isEqualTo("pi_1A");
        Refund refund =
                read(stripe.refund("refund.failed", "re_1", "ch_1", "pi_1", 2380, "failed", stripe.at()), Refund.class);
        assertThat(refund.getStatus()).isEqualTo("failed");
        assertThat(refund.getCharge()).isEqualTo("ch_1A");
        Dispute dispute = read(stripe.dispute("charge.dispute.closed", "ch_1", "pi_1", 11900, "lost"), Dispute.class);
        assertThat(dispute.getStatus()).isEqualTo("lost");
        assertThat(dispute.getAmount()).isEqualTo(11900);
        CreditNote note = read(stripe.creditNote("credit_note.created", "in_1", 1190, "issued"), CreditNote.class);
        assertThat(note.getOutOfBandAmount()).isEqualTo(1190);
        assertThat(note.getInvoice()).isEqualTo("in_1A");
    }

    @Test
    void aSubscription() {
        Subscription subscription = read(
                stripe.subscription("customer.subscription.deleted", Map.of("reftrail_customer", "anna")),
                Subscription.class);
        assertThat(subscription.getCustomer()).isEqualTo("cus_A");
        assertThat(subscription.getMetadata()).containsEntry("reftrail_customer", "anna");
        Subscription trial =
                read(stripe.subscription("customer.subscription.created", "trialing", Map.of()), Subscription.class);
        assertThat(trial.getStatus()).isEqualTo("trialing");
    }
}
