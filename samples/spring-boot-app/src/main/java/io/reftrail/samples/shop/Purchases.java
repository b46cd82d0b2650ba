package io.reftrail.samples.shop;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.InvoicePayment;
import com.stripe.model.Subscription;
import com.stripe.model.checkout.Session;
import com.stripe.param.InvoicePaymentListParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.LineItem;
import com.stripe.param.checkout.SessionCreateParams.LineItem.PriceData;
import com.stripe.param.checkout.SessionCreateParams.SubscriptionData;
import io.reftrail.payments.CheckoutCustomizer;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * What customers buy: the plan Team, at Stripe's checkout. The shop asks Stripe who has paid when a customer comes back from
 * there. Partners' vendors learn of payments without it: Reftrail receives Stripe's webhook.
 */
@Service
class Purchases {

    private static final long PRICE_IN_CENTS = 2_900;

    /** The metadata of a checkout that says whose it is. */
    private static final String CUSTOMER = "shop_customer";

    private final JdbcClient jdbc;
    private final CheckoutCustomizer checkouts;
    private final StripeClient stripe;
    private final String url;

    Purchases(
            JdbcClient jdbc,
            CheckoutCustomizer checkouts,
            @Value("${shop.url}") String url,
            @Value("${shop.stripe.api-key}") String apiKey,
            @Value("${shop.stripe.url}") String stripeUrl) {
        this.jdbc = jdbc;
        this.checkouts = checkouts;
        this.url = url;
        this.stripe =
                StripeClient.builder().setApiKey(apiKey).setApiBase(stripeUrl).build();
    }

    /**
     * Opens a checkout, and returns the address of the page where the customer pays.
     *
     * @throws StripeException if Stripe does not answer
     */
    String checkout(Account account) throws StripeException {
        CheckoutCustomizer.Carried carried = checkouts.forCustomer(account.id());
        SessionCreateParams.Builder params = SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.SUBSCRIPTION)
                .setSuccessUrl(url + "/account/paid?session={CHECKOUT_SESSION_ID}")
                .setCancelUrl(url + "/account")
                .setCustomerEmail(account.email())
                .addLineItem(LineItem.builder()
                        .setQuantity(1L)
                        .setPriceData(PriceData.builder()
                                .setCurrency("eur")
                                .setUnitAmount(PRICE_IN_CENTS)
                                .setProductData(PriceData.ProductData.builder()
                                        .setName("Team")
                                        .build())
                                .setRecurring(PriceData.Recurring.builder()
                                        .setInterval(PriceData.Recurring.Interval.MONTH)
                                        .build())
                                .build())
                        .build())
                .putMetadata(CUSTOMER, account.id())
                .setSubscriptionData(carried.addTo(SubscriptionData.builder()).build());
        return stripe.v1()
                .checkout()
                .sessions()
                .create(carried.addTo(params).build())
                .getUrl();
    }

    /**
     * Records the subscription of a checkout that a customer comes back from, if it is theirs and paid.
     *
     * @throws StripeException if Stripe does not answer
     */
    void paid(String customerId, String sessionId) throws StripeException {
        Session session = stripe.v1().checkout().sessions().retrieve(sessionId);
        boolean theirs = customerId.equals(session.getMetadata().get(CUSTOMER));
        if (theirs && "complete".equals(session.getStatus())) {
            jdbc.sql("MERGE INTO purchase (subscription, customer, bought_at) KEY (subscription) VALUES (?, ?, ?)")
                    .params(session.getSubscription(), customerId, OffsetDateTime.now(ZoneOffset.UTC))
                    .update();
        }
    }

    /**
     * Ends the customer's subscription, if there is one, and gives the last payment back.
     *
     * @throws StripeException if Stripe does not answer
     */
    void giveBack(String customerId) throws StripeException {
        Optional<String> current = current(customerId);
        if (current.isEmpty()) {
            return;
        }
        Subscription subscription = stripe.v1().subscriptions().retrieve(current.get());
        InvoicePayment payment = stripe.v1()
                .invoicePayments()
                .list(InvoicePaymentListParams.builder()
                        .setInvoice(subscription.getLatestInvoice())
                        .build())
                .getData()
                .get(0);
        stripe.v1()
                .refunds()
                .create(RefundCreateParams.builder()
                        .setPaymentIntent(payment.getPayment().getPaymentIntent())
                        .build());
        stripe.v1().subscriptions().cancel(subscription.getId());
        jdbc.sql("DELETE FROM purchase WHERE subscription = ?")
                .param(subscription.getId())
                .update();
    }

    /** Returns the customer's subscription. */
    Optional<String> current(String customerId) {
        return jdbc.sql("SELECT subscription FROM purchase WHERE customer = ? ORDER BY bought_at DESC LIMIT 1")
                .param(customerId)
                .query(String.class)
                .optional();
    }
}
