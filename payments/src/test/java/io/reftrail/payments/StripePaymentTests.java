package io.reftrail.payments;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.PaymentReason;
import io.reftrail.model.Money;
import io.reftrail.model.Payment;
import io.reftrail.outbox.UnitOfWork;
import io.reftrail.outbox.memory.InMemoryOutbox;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What follows from each of Stripe's events: the table of docs/payments.md. */
class StripePaymentTests {

    private static final Map<String, String> ANNA = Map.of("reftrail_customer", "anna");
    private static final Map<String, String> NONE = Map.of();

    private final Shop shop = new Shop().signUp("anna");
    private final StripeAccount stripe = StripeAccount.of("A", Shop.NOW.minusSeconds(600));

    @AfterEach
    void close() {
        shop.close();
    }

    private String firstInvoice() {
        return stripe.invoice("in_1", "subscription_create", 11900, 11900, 1900, "eur", ANNA);
    }

    @Test
    void theFirstInvoiceOfASubscriptionIsASaleWithoutTax() {
        assertThat(shop.accept(firstInvoice())).isEqualTo(PaymentReason.RECORDED);

        assertThat(shop.sales()).singleElement().satisfies(sale -> {
            Payment payment = sale.payment();
            assertThat(payment.customerId()).isEqualTo("anna");
            assertThat(payment.invoiceId()).isEqualTo("in_1A");
            assertThat(payment.amount().amount()).isEqualByComparingTo("100.00");
            assertThat(payment.amount().currency().getCurrencyCode()).isEqualTo("EUR");
            assertThat(payment.subscriptionId()).isEqualTo("sub_A");
            assertThat(payment.interval()).isEqualTo(Payment.Interval.MONTH);
            assertThat(payment.productId()).isEqualTo("prod_pro");
            assertThat(payment.processor()).isEqualTo("stripe");
            assertThat(payment.renewal()).isFalse();
        });
    }

    @Test
    void taxIsPartOfTheSaleIfTheShopSaysSo() {
        StripePayments.Settings gross = new StripePayments.Settings(
                List.of(StripeAccount.SECRET), false, PaymentAmount.GROSS, false, StripePayments.DEFAULT_TOLERANCE);
        try (Shop other = new Shop(new InMemoryOutbox(), UnitOfWork.NONE, gross)) {
            other.signUp("anna").accept(firstInvoice());
            other.accept(stripe.invoicePayment("in_1", "pi_1", 11900));
            other.accept(stripe.after(9).charge("charge.refunded", "ch_1", "pi_1", 11900, 5000));

            assertThat(other.money("anna")).isEqualTo(6900);
        }
    }

    /** 119.00 are due, and 59.50 come from the customer's balance: half of the tax is in what was paid. */
    @Test
    void whatTheCustomersBalanceCoversIsNoPartOfTheSale() {
        shop.accept(stripe.invoice("in_1", "subscription_create", 5950, 11900, 1900, "eur", ANNA));

        assertThat(shop.money("anna")).isEqualTo(5000);
    }

    @Test
    void eachRenewalIsASaleWithItsInvoice() {
        shop.accept(firstInvoice());
        shop.accept(stripe.after(60).invoice("in_2", "subscription_cycle", 11900, 11900, 1900, "eur", NONE));

        assertThat(shop.sales())
                .extracting(sale ->
                        sale.payment().invoiceId() + " " + sale.payment().renewal())
                .containsExactly("in_1A false", "in_2A true");
    }

    @Test
    void aTrialIsNoSaleAndTheInvoiceAfterItIsTheFirstOne() {
        shop.accept(stripe.invoice("in_1", "subscription_create", 0, 0, 0, "eur", ANNA));
        assertThat(shop.sales()).isEmpty();
        assertThat(shop.decisions()).startsWith("no-amount");

        shop.accept(stripe.after(60).invoice("in_2", "subscription_cycle", 11900, 11900, 1900, "eur", NONE));
        shop.accept(stripe.after(90).invoice("in_3", "subscription_cycle", 11900, 11900, 1900, "eur", NONE));
        assertThat(shop.sales())
                .extracting(sale ->
                        sale.payment().invoiceId() + " " + sale.payment().renewal())
                .containsExactly("in_2A false", "in_3A true");
    }

    @Test
    void theEventsOfOnePaymentAreOneSale() {
        shop.accept(stripe.intent("pi_1", "ch_1", 11900, "eur", "in_1", ANNA));
        shop.accept(stripe.charge("charge.succeeded", "ch_1", "pi_1", 11900, 0));
        shop.accept(stripe.subscribed(ANNA));
        shop.accept(firstInvoice());
        shop.accept(stripe.invoicePayment("in_1", "pi_1", 11900));
        shop.accept(stripe.subscription("customer.subscription.created", ANNA));

        assertThat(shop.sales()).hasSize(1);
        assertThat(shop.money("anna")).isEqualTo(10000);
    }

    /** In earlier API versions nothing in a payment intent names its invoice, until another event connects them. */
    @Test
    void aPaymentThatTurnsOutToBeAnInvoicesIsCorrected() {
        shop.accept(stripe.intent("pi_1", "ch_1", 11900, "eur", "", ANNA));
        shop.accept(firstInvoice());
        assertThat(shop.money("anna")).isEqualTo(21900);

        shop.accept(stripe.invoicePayment("in_1", "pi_1", 11900));
        assertThat(shop.money("anna")).isEqualTo(10000);
    }

    @Test
    void aSinglePaymentIsASale() {
        shop.accept(stripe.intent("pi_1", "ch_1", 11900, "eur", "", NONE));
        assertThat(shop.sales()).isEmpty();

        shop.accept(stripe.checkout(
                "checkout.session.completed", "paid", 11900, 1900, "eur", "\"client_reference_id\": \"anna\""));
        assertThat(shop.sales())
                .singleElement()
                .satisfies(sale -> assertThat(sale.payment().invoiceId()).isEqualTo("pi_1A"));
        assertThat(shop.money("anna")).isEqualTo(10000);
    }

    @Test
    void aPaymentIntentOfTheApplicationsOwnIsASale() {
        shop.accept(stripe.intent("pi_1", "ch_1", 5000, "eur", "", ANNA));

        assertThat(shop.money("anna")).isEqualTo(5000);
    }

    @Test
    void aDelayedMethodIsASaleWhenTheMoneyIsThere() {
        String reference = "\"client_reference_id\": \"anna\"";
        shop.accept(stripe.checkout("checkout.session.completed", "unpaid", 11900, 1900, "eur", reference));
        assertThat(shop.accept(stripe.event("payment_intent.processing", "{\"id\": \"pi_1A\"}")))
                .isEqualTo(PaymentReason.NOT_A_PAYMENT);
        assertThat(shop.sales()).isEmpty();

        shop.accept(stripe.after(86400)
                .checkout("checkout.session.async_payment_succeeded", "paid", 11900, 1900, "eur", reference));
        assertThat(shop.money("anna")).isEqualTo(10000);
    }

    /** 119.00 are authorised, and 59.50 of it captured: half of the tax is in what was paid. */
    @Test
    void aCheckoutThatIsCapturedLaterIsASaleOfWhatWasCaptured() {
        String completed = stripe.checkout(
                "checkout.session.completed", "unpaid", 11900, 1900, "eur", "\"client_reference_id\": \"anna\"");
        String captured = stripe.after(86400).intent("pi_1", "ch_1", 5950, "eur", "cs_", NONE);
        shop.accept(captured);
        assertThat(shop.sales()).isEmpty();

        shop.accept(completed);
        assertThat(shop.sales())
                .singleElement()
                .satisfies(sale -> assertThat(sale.payment().invoiceId()).isEqualTo("pi_1A"));
        assertThat(shop.money("anna")).isEqualTo(5000);
    }

    /** The application has put its metadata on both, and the payment comes first: the checkout knows the tax. */
    @Test
    void aPaymentThatItsCheckoutStatesWaitsForIt() {
        shop.accept(stripe.intent("pi_1", "ch_1", 11900, "eur", "cs_", ANNA));
        assertThat(shop.sales()).isEmpty();

        shop.accept(stripe.checkout(
                "checkout.session.completed", "paid", 11900, 1900, "eur", "\"client_reference_id\": \"anna\""));
        assertThat(shop.money("anna")).isEqualTo(10000);
        assertThat(shop.refunds()).isEmpty();
    }

    /** The customer has paid in cash, and somebody says so in the dashboard: the invoice has no payment of Stripe's. */
    @Test
    void anInvoiceThatIsPaidOutsideOfStripeIsASale() {
        shop.accept(firstInvoice().replace("\"attempted\": true", "\"attempted\": false, \"paid_out_of_band\": true"));

        assertThat(shop.money("anna")).isEqualTo(10000);
    }

    /** An endpoint may have both names of one event. */
    @Test
    void bothNamesOfAPaidInvoiceAreOneSale() {
        shop.accept(firstInvoice().replace("\"invoice.paid\"", "\"invoice.payment_succeeded\""));
        shop.accept(firstInvoice());

        assertThat(shop.sales()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "jpy, 11900, 1900, 10000",
        "eur, 11900, 1900, 100.00",
        "kwd, 11900, 1900, 10.000",
        "isk, 1190000, 190000, 10000",
        "ugx, 1190000, 190000, 10000",
        "mga, 11900, 1900, 10000.00",
    })
    void theAmountIsInItsCurrency(String currency, long paid, long tax, String sale) {
        shop.accept(stripe.invoice("in_1", "subscription_create", paid, paid, tax, currency, ANNA));

        assertThat(shop.sales()).singleElement().satisfies(event -> {
            assertThat(event.payment().amount().amount()).isEqualTo(sale);
            assertThat(event.payment().amount().currency().getCurrencyCode()).isEqualToIgnoringCase(currency);
        });
    }

    /** An upgrade in the middle of a month: Stripe's amount has the unused time taken off. */
    @Test
    void anUpgradeIsASaleOfWhatWasPaidForIt() {
        shop.accept(firstInvoice());
        shop.accept(stripe.after(60).invoice("in_2", "subscription_update", 5950, 5950, 950, "eur", NONE));

        assertThat(shop.money("anna")).isEqualTo(15000);
        assertThat(shop.sales().get(1).payment().productId()).isEqualTo("prod_pro");
    }

    @Test
    void aRefundInFullIsTheWholeSale() {
        shop.accept(firstInvoice());
        shop.accept(stripe.invoicePayment("in_1", "pi_1", 11900));
        shop.accept(stripe.after(60).charge("charge.refunded", "ch_1", "pi_1", 11900, 11900));

        assertThat(shop.refunds()).singleElement().satisfies(refund -> {
            assertThat(refund.invoiceId()).isEqualTo("in_1A");
            assertThat(refund.amount()).isEqualTo(Money.of(new BigDecimal("100.00"), "EUR"));
        });
        assertThat(shop.money("anna")).isZero();
    }

    /** 119.00 with 19.00 of tax: a third of the money is a third of the sale, and the last cent is where it belongs. */
    @Test
    void refundsInPartsAddUpToTheSale() {
        shop.accept(firstInvoice());
        shop.accept(stripe.invoicePayment("in_1", "pi_1", 11900));
        shop.accept(stripe.after(60).charge("charge.refunded", "ch_1", "pi_1", 11900, 3967));
        assertThat(shop.money("anna")).isEqualTo(10000 - 3334);
        shop.accept(stripe.after(61).charge("charge.refunded", "ch_1", "pi_1", 11900, 7934));
        shop.accept(stripe.after(62).charge("charge.refunded", "ch_1", "pi_1", 11900, 11900));

        assertThat(shop.refunds()).hasSize(3);
        assertThat(shop.money("anna")).isZero();
    }

    @Test
    void refundsAndTheirSumAreCountedOnce() {
        shop.accept(firstInvoice());
        shop.accept(stripe.invoicePayment("in_1", "pi_1", 11900));
        long first = stripe.after(60).at();
        shop.accept(stripe.after(60).refund("refund.created", "re_1", "ch_1", "pi_1", 2380, "succeeded", first));
        shop.accept(stripe.after(60).charge("charge.refunded", "ch_1", "pi_1", 11900, 2380));
        shop.accept(stripe.after(70).refund("refund.created", "re_2", "ch_1", "pi_1", 1190, "pending", first + 10));

        assertThat(shop.money("anna")).isEqualTo(7000);
    }

    @Test
    void aRefundThatFailsBeforeItIsReportedIsNone() {
        shop.accept(firstInvoice());
        long first = stripe.after(60).at();
        shop.accept(stripe.after(60).refund("refund.created", "re_1", "ch_1", "pi_1", 2380, "pending", first));
        shop.accept(stripe.after(80).refund("refund.failed", "re_1", "ch_1", "pi_1", 2380, "failed", first));
        shop.accept(stripe.invoicePayment("in_1", "pi_1", 11900));

        assertThat(shop.money("anna")).isEqualTo(10000);
    }

    @Test
    void aRefundThatWasReportedAndFailsStaysAndIsCounted() {
        shop.accept(firstInvoice());
        shop.accept(stripe.invoicePayment("in_1", "pi_1", 11900));
        long first = stripe.after(60).at();
        shop.accept(stripe.after(60).charge("charge.refunded", "ch_1", "pi_1", 11900, 2380));
        shop.accept(stripe.after(80).refund("refund.failed", "re_1", "ch_1", "pi_1", 2380, "failed", first));

        assertThat(shop.money("anna")).isEqualTo(8000);
        assertThat(shop.decisions()).startsWith("refund-stays");

        shop.accept(stripe.after(90).charge("charge.refunded", "ch_1", "pi_1", 11900, 4760));
        assertThat(shop.money("anna")).isEqualTo(6000);
    }

    @Test
    void aDisputeThatIsLostIsARefund() {
        shop.accept(firstInvoice());
        shop.accept(stripe.invoicePayment("in_1", "pi_1", 11900));
        shop.accept(stripe.after(60).dispute("charge.dispute.created", "ch_1", "pi_1", 11900, "needs_response"));
        shop.accept(
                stripe.after(61).dispute("charge.dispute.funds_withdrawn", "ch_1", "pi_1", 11900, "needs_response"));
        assertThat(shop.refunds()).isEmpty();

        shop.accept(stripe.after(99).dispute("charge.dispute.closed", "ch_1", "pi_1", 11900, "lost"));
        assertThat(shop.money("anna")).isZero();
    }

    @Test
    void aDisputeThatIsWonTakesNothing() {
        shop.accept(firstInvoice());
        shop.accept(stripe.invoicePayment("in_1", "pi_1", 11900));
        shop.accept(stripe.after(60).dispute("charge.dispute.created", "ch_1", "pi_1", 11900, "needs_response"));
        shop.accept(stripe.after(99).dispute("charge.dispute.closed", "ch_1", "pi_1", 11900, "won"));
        shop.accept(stripe.after(99).dispute("charge.dispute.funds_reinstated", "ch_1", "pi_1", 11900, "won"));

        assertThat(shop.money("anna")).isEqualTo(10000);
    }

    /** Of a dispute that a card network settles before it is raised, only the dispute tells; of one that a refund settles, the refund. */
    @Test
    void aDisputeThatIsPreventedIsARefundIfItWithdrewTheMoney() {
        shop.accept(firstInvoice());
        shop.accept(stripe.invoicePayment("in_1", "pi_1", 11900));
        String prevented = stripe.after(60).dispute("charge.dispute.closed", "ch_1", "pi_1", 11900, "prevented");
        shop.accept(prevented);
        assertThat(shop.money("anna")).isEqualTo(10000);

        shop.accept(stripe.after(61)
                .dispute("charge.dispute.closed", "ch_1", "pi_1", 11900, "prevented")
                .replace(
                        "\"balance_transactions\": []",
                        "\"balance_transactions\": [{\"id\": \"txn_1\", \"amount\": -11900, \"fee\": 1500}]"));
        assertThat(shop.money("anna")).isZero();
    }

    /** A vendor that keeps one sum of refunds for each sale receives the smaller one; Affonso adds refunds up. */
    @Test
    void aDisputeThatIsWonAfterItWasLostStaysARefundWhereItCannotBeTakenBack() {
        shop.accept(firstInvoice());
        shop.accept(stripe.invoicePayment("in_1", "pi_1", 11900));
        shop.accept(stripe.after(60).dispute("charge.dispute.closed", "ch_1", "pi_1", 11900, "lost"));
        shop.accept(stripe.after(99).dispute("charge.dispute.closed", "ch_1", "pi_1", 11900, "won"));

        assertThat(shop.refunds()).hasSize(1);
        assertThat(shop.decisions()).startsWith("refund-stays");
    }

    @Test
    void aRefundAndALostDisputeAreNeverMoreThanTheSale() {
        shop.accept(firstInvoice());
        shop.accept(stripe.invoicePayment("in_1", "pi_1", 11900));
        shop.accept(stripe.after(60).charge("charge.refunded", "ch_1", "pi_1", 11900, 8000));
        shop.accept(stripe.after(99).dispute("charge.dispute.closed", "ch_1", "pi_1", 11900, "lost"));

        assertThat(shop.money("anna")).isZero();
    }

    @Test
    void moneyThatACreditNoteGivesBackOutsideOfStripeIsARefund() {
        shop.accept(firstInvoice());
        shop.accept(stripe.after(60).creditNote("credit_note.created", "in_1", 1190, "issued"));
        assertThat(shop.money("anna")).isEqualTo(9000);
    }

    /** What a credit note adds to the customer's balance makes a later invoice smaller. */
    @Test
    void aCreditNoteForTheCustomersBalanceTakesNothingBackByItself() {
        shop.accept(firstInvoice());
        shop.accept(stripe.after(60).creditNote("credit_note.created", "in_1", 0, "issued"));
        shop.accept(stripe.after(99).invoice("in_2", "subscription_cycle", 5950, 11900, 1900, "eur", NONE));

        assertThat(shop.refunds()).isEmpty();
        assertThat(shop.money("anna")).isEqualTo(15000);
    }

    @Test
    void theEndOfASubscriptionIsCounted() {
        shop.accept(firstInvoice());
        shop.accept(stripe.after(60).subscription("customer.subscription.deleted", ANNA));

        assertThat(shop.decisions()).startsWith("cancelled", "recorded");
        assertThat(shop.money("anna")).isEqualTo(10000);
    }

    @Test
    void anInvoiceThatSeveralPaymentsPaidIsOneSale() {
        shop.accept(stripe.invoicePayment("in_1", "pi_1", 6000));
        shop.accept(stripe.invoicePayment("in_1", "pi_2", 5900));
        shop.accept(firstInvoice());
        shop.accept(stripe.after(60).charge("charge.refunded", "ch_1", "pi_1", 6000, 5950));
        shop.accept(stripe.after(60).charge("charge.refunded", "ch_2", "pi_2", 5900, 1190));

        assertThat(shop.sales()).hasSize(1);
        assertThat(shop.money("anna")).isEqualTo(4000);
    }

    @Test
    void aPaymentThatPaysSeveralInvoicesIsSeveralSales() {
        shop.accept(firstInvoice());
        shop.accept(stripe.invoice("in_2", "manual", 11900, 11900, 1900, "eur", ANNA));
        shop.accept(stripe.invoicePayment("in_1", "pi_1", 11900));
        shop.accept(stripe.invoicePayment("in_2", "pi_1", 11900));
        shop.accept(stripe.after(60).charge("charge.refunded", "ch_1", "pi_1", 23800, 17850));

        assertThat(shop.sales()).hasSize(2);
        assertThat(shop.money("anna")).isEqualTo(5000);
    }

    /** Until 2025-03-31.basil an invoice names its charge, and its subscription and taxes stand elsewhere. */
    @Test
    void anEventOfAnEarlierApiVersionIsReadToo() {
        shop.accept(stripe.event("invoice.paid", """
                {"id": "in_old", "object": "invoice", "amount_paid": 11900, "billing_reason": "subscription_create",
                 "charge": "ch_old", "currency": "eur", "customer": "cus_old", "payment_intent": "pi_old", "status": "paid",
                 "subscription": "sub_old", "subscription_details": {"metadata": {"reftrail_customer": "anna"}},
                 "lines": {"data": [{"amount": 10000, "price": {"id": "price_old", "product": "prod_old"},
                   "period": {"start": 1700000000, "end": 1731622400}}]},
                 "total": 11900, "total_tax_amounts": [{"amount": 1900, "inclusive": false}]}"""));
        assertThat(shop.sales()).singleElement().satisfies(sale -> {
            assertThat(sale.payment().subscriptionId()).isEqualTo("sub_old");
            assertThat(sale.payment().productId()).isEqualTo("prod_old");
            assertThat(sale.payment().interval()).isEqualTo(Payment.Interval.YEAR);
        });

        shop.accept(stripe.after(60).event("charge.refunded", """
                {"id": "ch_old", "object": "charge", "amount": 11900, "amount_refunded": 5950, "currency": "eur",
                 "customer": "cus_old", "invoice": "in_old", "payment_intent": "pi_old"}"""));
        assertThat(shop.money("anna")).isEqualTo(5000);
    }

    @Test
    void somebodyWhomNoPartnerReferredIsNoSaleAndNoRefund() {
        Map<String, String> someone = Map.of("reftrail_customer", "somebody else");
        shop.accept(stripe.invoice("in_1", "subscription_create", 11900, 11900, 1900, "eur", someone));
        shop.accept(stripe.invoicePayment("in_1", "pi_1", 11900));
        shop.accept(stripe.after(60).charge("charge.refunded", "ch_1", "pi_1", 11900, 11900));

        assertThat(shop.sales()).isEmpty();
        assertThat(shop.refunds()).isEmpty();
    }

    /** Stripe's second kind of events holds no object, and none of them is about a payment. */
    @Test
    void aThinEventIsAcceptedAndCounted() {
        assertThat(shop.accept("""
                        {"id": "evt_1", "object": "v2.core.event", "type": "v1.billing.meter.error_report_triggered",
                         "livemode": false, "created": "2026-11-20T09:00:00.000Z", "related_object": null}""")).isEqualTo(PaymentReason.NOT_A_PAYMENT);
    }

    @Test
    void whatIsNoPaymentIsAcceptedAndCounted() {
        assertThat(shop.accept(stripe.event("product.created", "{\"id\": \"prod_1\", \"object\": \"product\"}")))
                .isEqualTo(PaymentReason.NOT_A_PAYMENT);
        assertThat(shop.decisions()).containsExactly("not-a-payment");
    }
}
