package io.reftrail.samples.sandbox;

import static io.reftrail.samples.sandbox.RunningSandbox.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.stripe.StripeClient;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.Invoice;
import com.stripe.model.InvoicePayment;
import com.stripe.model.Refund;
import com.stripe.model.Subscription;
import com.stripe.model.checkout.Session;
import com.stripe.net.RequestOptions;
import com.stripe.param.InvoicePaymentListParams;
import com.stripe.param.InvoiceRetrieveParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.LineItem;
import com.stripe.param.checkout.SessionCreateParams.LineItem.PriceData;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The payment provider's API, called by Stripe's own library, and its payment page, by a form. */
class StripeApiTests {

    @RegisterExtension
    static final RunningSandbox sandbox = RunningSandbox.usual();

    private final StripeClient stripe = client("sk_test_sandbox");

    private static StripeClient client(String key) {
        return StripeClient.builder()
                .setApiKey(key)
                .setApiBase("http://127.0.0.1:" + sandbox.port() + "/stripe")
                .build();
    }

    @Test
    void aVisitorPaysASessionOnItsPageAndGoesBackToTheShop() throws Exception {
        Session open = stripe.v1().checkout().sessions().create(subscription().build());
        assertThat(open.getStatus()).isEqualTo("open");
        assertThat(open.getAmountTotal()).isEqualTo(2900);
        assertThat(sandbox.get(page(open)).body()).contains("Subscribe to 1 × Team", "€29.00", "per month");

        HttpResponse<String> paid = payOnPage(open, "email=kim%40example.org&name=Kim&number=4242424242424242");

        assertThat(paid.statusCode()).isEqualTo(303);
        assertThat(paid.headers().firstValue("Location"))
                .hasValue("http://localhost:8080/account?session=" + open.getId());
        Session complete = stripe.v1().checkout().sessions().retrieve(open.getId());
        assertThat(complete.getStatus()).isEqualTo("complete");
        assertThat(complete.getPaymentStatus()).isEqualTo("paid");
        assertThat(complete.getUrl()).isNull();
        assertThat(complete.getCustomerDetails().getEmail()).isEqualTo("kim@example.org");
        Subscription subscription = stripe.v1().subscriptions().retrieve(complete.getSubscription());
        assertThat(subscription.getMetadata()).containsEntry("user", "42");
        assertThat(sandbox.get(page(open)).statusCode()).isEqualTo(410);
        assertThat(payOnPage(open, "email=kim%40example.org").statusCode()).isEqualTo(410);
    }

    @Test
    void aDeclinedCardPaysNothingAndTheSessionStaysOpen() throws Exception {
        Session open = stripe.v1().checkout().sessions().create(once(2900).build());

        HttpResponse<String> declined = payOnPage(open, "email=kim%40example.org&number=4000+0000+0000+0002");

        assertThat(declined.statusCode()).isEqualTo(402);
        assertThat(declined.body()).contains("Your card was declined");
        assertThat(stripe.v1().checkout().sessions().retrieve(open.getId()).getStatus())
                .isEqualTo("open");
        assertThat(payOnPage(open, "number=4242+4242+4242+4242").statusCode()).isEqualTo(303);
    }

    @Test
    void anInvoiceShowsItsPaymentsOnlyIfAsked() throws Exception {
        Session session = pay(subscription());

        Invoice plain = stripe.v1().invoices().retrieve(session.getInvoice());
        Invoice expanded = stripe.v1()
                .invoices()
                .retrieve(
                        session.getInvoice(),
                        InvoiceRetrieveParams.builder()
                                .addExpand("payments.data.payment.payment_intent.latest_charge")
                                .build());
        InvoicePayment listed = stripe.v1()
                .invoicePayments()
                .list(InvoicePaymentListParams.builder()
                        .setInvoice(session.getInvoice())
                        .build())
                .getData()
                .get(0);

        assertThat(plain.getPayments()).isNull();
        InvoicePayment payment = expanded.getPayments().getData().get(0);
        assertThat(payment.getId()).isEqualTo(listed.getId());
        Charge charge = payment.getPayment().getPaymentIntentObject().getLatestChargeObject();
        assertThat(charge.getAmount()).isEqualTo(2900);
    }

    @Test
    void moneyIsGivenBackInPartsAndNeverMoreThanWasPaid() throws Exception {
        String intent = pay(once(2900)).getPaymentIntent();
        RefundCreateParams.Builder part =
                RefundCreateParams.builder().setPaymentIntent(intent).setAmount(1000L);

        Refund first = stripe.v1().refunds().create(part.build());
        assertThat(first.getAmount()).isEqualTo(1000);
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(
                        () -> stripe.v1().refunds().create(part.setAmount(1901L).build()))
                .satisfies(refused -> assertThat(refused.getParam()).isEqualTo("amount"));
        Refund rest = stripe.v1()
                .refunds()
                .create(RefundCreateParams.builder().setPaymentIntent(intent).build());
        assertThat(rest.getAmount()).isEqualTo(1900);
        assertThat(stripe.v1().charges().retrieve(rest.getCharge()).getRefunded())
                .isTrue();
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> stripe.v1().refunds().create(part.build()))
                .satisfies(refused -> assertThat(refused.getCode()).isEqualTo("charge_already_refunded"));
    }

    @Test
    void aSubscriptionChangesItsPriceAndIsCanceled() throws Exception {
        Session session = pay(subscription());
        Subscription subscription = stripe.v1().subscriptions().retrieve(session.getSubscription());
        String dearer = stripe.v1()
                .prices()
                .create(PriceCreateParams.builder()
                        .setCurrency("eur")
                        .setUnitAmount(4900L)
                        .setRecurring(PriceCreateParams.Recurring.builder()
                                .setInterval(PriceCreateParams.Recurring.Interval.MONTH)
                                .build())
                        .setProductData(PriceCreateParams.ProductData.builder()
                                .setName("Company")
                                .build())
                        .build())
                .getId();

        Subscription changed = stripe.v1()
                .subscriptions()
                .update(
                        subscription.getId(),
                        SubscriptionUpdateParams.builder()
                                .addItem(SubscriptionUpdateParams.Item.builder()
                                        .setId(subscription
                                                .getItems()
                                                .getData()
                                                .get(0)
                                                .getId())
                                        .setPrice(dearer)
                                        .build())
                                .setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.ALWAYS_INVOICE)
                                .build());

        assertThat(changed.getItems().getData().get(0).getPrice().getId()).isEqualTo(dearer);
        Invoice difference = stripe.v1().invoices().retrieve(changed.getLatestInvoice());
        assertThat(difference.getBillingReason()).isEqualTo("subscription_update");
        assertThat(difference.getLines().getData())
                .extracting(line -> line.getAmount() < 0)
                .containsExactly(true, false);
        assertThat(stripe.v1().subscriptions().cancel(subscription.getId()).getStatus())
                .isEqualTo("canceled");
    }

    /** 29.00 with 19 % tax is 24.37 and 4.63; 29.00 and 19 % are 34.51; a quarter off leaves 21.75. */
    @ParameterizedTest
    @CsvSource({
        "INCLUSIVE, false, '',         2900, 2900, 0",
        "INCLUSIVE, true,  '',         2900, 2437, 463",
        "EXCLUSIVE, true,  '',         3451, 2900, 551",
        "EXCLUSIVE, true,  percent-25, 2588, 2175, 413",
        "INCLUSIVE, true,  percent-25, 2175, 1828, 347",
        "EXCLUSIVE, true,  percent-100,   0,    0, 0"
    })
    void anInvoiceIsTheSumOfPriceTaxAndDiscount(
            PriceData.TaxBehavior behavior, boolean tax, String coupon, long total, long net, long taxes)
            throws Exception {
        SessionCreateParams.Builder params = subscription(behavior)
                .setAutomaticTax(SessionCreateParams.AutomaticTax.builder()
                        .setEnabled(tax)
                        .build());
        if (!coupon.isEmpty()) {
            params.addDiscount(
                    SessionCreateParams.Discount.builder().setCoupon(coupon).build());
        }

        Session session = pay(params);
        Invoice invoice = stripe.v1().invoices().retrieve(session.getInvoice());

        assertThat(session.getAmountTotal()).isEqualTo(total);
        assertThat(invoice.getAmountPaid()).isEqualTo(total);
        assertThat(invoice.getTotalExcludingTax()).isEqualTo(net);
        assertThat(invoice.getTotalTaxes().stream()
                        .mapToLong(Invoice.TotalTax::getAmount)
                        .sum())
                .isEqualTo(taxes);
        assertThat(invoice.getStatus()).isEqualTo("paid");
    }

    @Test
    void aCheaperPriceLeavesABalanceThatTheNextInvoiceUses() throws Exception {
        String id = pay(subscription()).getSubscription();

        journey("subscriptions/" + id + "/upgrade?amount=900&left=50");
        Invoice credit = latest(id);
        journey("subscriptions/" + id + "/renew");
        Invoice next = latest(id);

        assertThat(List.of(credit.getTotal(), credit.getAmountPaid(), credit.getEndingBalance()))
                .containsExactly(-1000L, 0L, -1000L);
        assertThat(List.of(next.getTotal(), next.getStartingBalance(), next.getAmountPaid(), next.getEndingBalance()))
                .containsExactly(900L, -1000L, 0L, -100L);
    }

    private Invoice latest(String subscription) throws StripeException {
        return stripe.v1()
                .invoices()
                .retrieve(stripe.v1().subscriptions().retrieve(subscription).getLatestInvoice());
    }

    @Test
    void aTrialCostsNothingUntilItsFirstRenewal() throws Exception {
        Session session = pay(subscription()
                .setSubscriptionData(SessionCreateParams.SubscriptionData.builder()
                        .setTrialPeriodDays(14L)
                        .build()));
        assertThat(session.getPaymentStatus()).isEqualTo("no_payment_required");
        assertThat(stripe.v1().invoices().retrieve(session.getInvoice()).getAmountPaid())
                .isZero();
        assertThat(stripe.v1()
                        .subscriptions()
                        .retrieve(session.getSubscription())
                        .getStatus())
                .isEqualTo("trialing");

        journey("subscriptions/" + session.getSubscription() + "/renew");

        assertThat(latest(session.getSubscription()).getAmountPaid()).isEqualTo(2900);
    }

    @Test
    void theSameIdempotencyKeyIsTheSameCall() throws Exception {
        RequestOptions key = RequestOptions.builder().setIdempotencyKey("once").build();

        Session first = stripe.v1().checkout().sessions().create(once(2900).build(), key);
        Session again = stripe.v1().checkout().sessions().create(once(2900).build(), key);

        assertThat(again.getId()).isEqualTo(first.getId());
    }

    @Test
    void aWrongKeyAnUnknownIdAndAnUnknownParameterAreRefusedAsByStripe() {
        assertThatExceptionOfType(AuthenticationException.class)
                .isThrownBy(() -> client("sk_test_other").v1().customers().retrieve("cus_1"));
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> stripe.v1().customers().retrieve("cus_1"))
                .satisfies(missing -> assertThat(missing.getCode()).isEqualTo("resource_missing"));
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> stripe.v1()
                        .checkout()
                        .sessions()
                        .create(once(2900).setAllowPromotionCodes(true).build()))
                .satisfies(unknown -> assertThat(unknown.getParam()).isEqualTo("allow_promotion_codes"));
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> stripe.v1().coupons().retrieve("half"))
                .satisfies(unknown -> assertThat(unknown.getStatusCode()).isEqualTo(404));
    }

    private static SessionCreateParams.Builder subscription() {
        return subscription(PriceData.TaxBehavior.INCLUSIVE);
    }

    private static SessionCreateParams.Builder subscription(PriceData.TaxBehavior behavior) {
        return checkout(PriceData.builder()
                        .setUnitAmount(2900L)
                        .setTaxBehavior(behavior)
                        .setRecurring(PriceData.Recurring.builder()
                                .setInterval(PriceData.Recurring.Interval.MONTH)
                                .build()))
                .setMode(SessionCreateParams.Mode.SUBSCRIPTION)
                .setSubscriptionData(SessionCreateParams.SubscriptionData.builder()
                        .putMetadata("user", "42")
                        .build());
    }

    private static SessionCreateParams.Builder once(long amount) {
        return checkout(PriceData.builder().setUnitAmount(amount)).setMode(SessionCreateParams.Mode.PAYMENT);
    }

    private static SessionCreateParams.Builder checkout(PriceData.Builder price) {
        return SessionCreateParams.builder()
                .setSuccessUrl("http://localhost:8080/account?session={CHECKOUT_SESSION_ID}")
                .addLineItem(LineItem.builder()
                        .setQuantity(1L)
                        .setPriceData(price.setCurrency("eur")
                                .setProductData(PriceData.ProductData.builder()
                                        .setName("Team")
                                        .build())
                                .build())
                        .build());
    }

    private Session pay(SessionCreateParams.Builder params) throws Exception {
        Session open = stripe.v1().checkout().sessions().create(params.build());
        assertThat(payOnPage(open, "email=kim%40example.org").statusCode()).isEqualTo(303);
        return stripe.v1().checkout().sessions().retrieve(open.getId());
    }

    private static HttpResponse<String> payOnPage(Session session, String form) throws Exception {
        return sandbox.send(sandbox.request(page(session))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    private static String page(Session session) {
        return session.getUrl() == null
                ? "/stripe/pay/" + session.getId()
                : URI.create(session.getUrl()).getPath();
    }

    private static JsonNode journey(String path) throws Exception {
        return json(sandbox.post("/sandbox/stripe/" + path, ""));
    }
}
