package io.reftrail.payments;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.Attribution;
import io.reftrail.model.Decision;
import io.reftrail.model.Decision.Stage;
import io.reftrail.model.Lead;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A coupon that was used at a checkout of Stripe, and whose the customer is then. */
class CouponTests {

    private static final Map<String, String> CARA = Map.of("reftrail_customer", "cara");

    private final Shop shop = new Shop().signUp("anna");
    private final StripeAccount stripe = StripeAccount.of("A", Shop.NOW.minusSeconds(600));

    @AfterEach
    void close() {
        shop.close();
    }

    private String checkout(String customer, String discounts) {
        return stripe.checkout(
                "checkout.session.completed",
                "paid",
                11900,
                1900,
                "eur",
                "\"client_reference_id\": \"" + customer + "\", \"discounts\": [" + discounts + "]");
    }

    private static String promotion(String code) {
        return "{\"coupon\": \"co_summer\", \"promotion_code\": \"" + code + "\"}";
    }

    private String subscribed(String invoice) {
        return stripe.event("checkout.session.completed", """
                {"id": "cs_A", "object": "checkout.session", "mode": "subscription", "payment_status": "paid",
                 "invoice": "%s", "subscription": "sub_A", "customer": "cus_A", "client_reference_id": "cara",
                 "discounts": [%s]}""".formatted(invoice, promotion("promo_nora")));
    }

    private List<Lead> leadsOf(String customer) {
        return shop.leads().stream()
                .filter(lead -> lead.customerId().equals(customer))
                .toList();
    }

    private List<String> codes() {
        return shop.reftrail.operations().recentDecisions().stream()
                .filter(decision -> decision.stage() == Stage.CODE)
                .map(Decision::reason)
                .toList();
    }

    @Test
    void makesALeadOfItsPartnerAndTheSaleFollows() {
        shop.accept(checkout("cara", promotion("promo_nora")));
        shop.accept(checkout("cara", promotion("promo_nora")));

        assertThat(leadsOf("cara")).singleElement().satisfies(lead -> assertThat(
                        lead.attribution().detail(Attribution.CODE))
                .isEqualTo("nora"));
        assertThat(shop.money("cara")).isEqualTo(10000);
        assertThat(codes()).containsExactly("known");
    }

    /** The trial is the first that a vendor receives after the lead, also if the subscription arrives before its checkout. */
    @Test
    void makesALeadOfATrialToo() {
        String trial = stripe.subscription("customer.subscription.created", "trialing", CARA);
        shop.accept(trial);
        assertThat(shop.changes()).isEmpty();

        shop.accept(subscribed("in_1A"));
        shop.accept(trial);
        assertThat(leadsOf("cara")).hasSize(1);
        assertThat(shop.changes()).hasSize(1);
    }

    @Test
    void isFoundWithoutAPromotionCodeToo() {
        shop.accept(checkout("cara", "{\"coupon\": \"promo_nora\", \"promotion_code\": null}"));

        assertThat(leadsOf("cara")).hasSize(1);
    }

    @Test
    void countsIfTheInvoiceArrivesBeforeTheCheckout() {
        shop.accept(stripe.invoice("in_1", "subscription_create", 11900, 11900, 1900, "eur", CARA));
        assertThat(shop.sales()).isEmpty();

        shop.accept(stripe.after(5).event("customer.created", "{\"id\": \"cus_A\"}"));
        shop.accept(subscribed("in_1A"));
        shop.accept(stripe.after(60).invoice("in_2", "subscription_cycle", 11900, 11900, 1900, "eur", CARA));

        assertThat(leadsOf("cara")).hasSize(1);
        assertThat(shop.money("cara")).isEqualTo(20000);
    }

    @Test
    void doesNotTakeACustomerFromThePartnerOfTheClick() {
        shop.accept(checkout("anna", promotion("promo_nora")));

        assertThat(leadsOf("anna")).hasSize(1);
        assertThat(codes()).containsExactly("click-counts");
        assertThat(shop.money("anna")).isEqualTo(10000);
    }

    @Test
    void doesNotCountForSomebodyWhoHasPaidBefore() {
        shop.accept(stripe.invoice("in_0", "subscription_create", 11900, 11900, 1900, "eur", CARA));
        shop.accept(stripe.after(60).invoice("in_1", "subscription_cycle", 11900, 11900, 1900, "eur", CARA));
        shop.accept(stripe.after(70).event("checkout.session.completed", """
                {"id": "cs_B", "object": "checkout.session", "mode": "payment", "payment_status": "paid",
                 "amount_total": 100, "currency": "eur", "payment_intent": "pi_B", "customer": "cus_A",
                 "client_reference_id": "cara", "discounts": [%s]}""".formatted(promotion("promo_nora"))));

        assertThat(leadsOf("cara")).isEmpty();
        assertThat(shop.sales()).isEmpty();
    }

    @Test
    void isCountedIfNobodyHasIt() {
        shop.accept(checkout("cara", promotion("promo_newsletter")));

        assertThat(leadsOf("cara")).isEmpty();
        assertThat(codes()).containsExactly("unknown");
    }
}
