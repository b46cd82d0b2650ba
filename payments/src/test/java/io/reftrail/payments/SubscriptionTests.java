package io.reftrail.payments;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.SubscriptionChange;
import io.reftrail.model.SubscriptionChange.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The changes of a subscription that vendors receive besides payments: its trial has begun, and it has ended. */
class SubscriptionTests {

    private static final Map<String, String> ANNA = Map.of("reftrail_customer", "anna");
    private static final Map<String, String> NONE = Map.of();

    private final Shop affonso = new Shop().signUp("anna");
    private final Shop firstPromoter = Shop.withFirstPromoter().signUp("anna");
    private final StripeAccount stripe = StripeAccount.of("A", Shop.NOW.minusSeconds(9_999_999));

    @AfterEach
    void close() {
        affonso.close();
        firstPromoter.close();
    }

    private String trial() {
        return stripe.subscription("customer.subscription.created", "trialing", ANNA);
    }

    private String paid(long after, String invoice, String reason) {
        return stripe.after(after).invoice(invoice, reason, 11900, 11900, 1900, "eur", ANNA);
    }

    private String ended(long after) {
        return stripe.after(after).subscription("customer.subscription.deleted", NONE);
    }

    @Test
    void theBeginningOfATrialIsReported() {
        affonso.accept(trial());
        affonso.accept(stripe.invoice("in_1", "subscription_create", 0, 0, 0, "eur", NONE));

        assertThat(affonso.changes()).singleElement().satisfies(change -> {
            assertThat(change.kind()).isEqualTo(Kind.TRIAL_STARTED);
            assertThat(change.customerId()).isEqualTo("anna");
            assertThat(change.subscriptionId()).isEqualTo("sub_A");
        });
        assertThat(affonso.sales()).isEmpty();
        assertThat(affonso.decisions()).contains("trial-started");
    }

    /** The checkout names the customer, and often arrives last. */
    @Test
    void aTrialWaitsForItsCustomer() {
        affonso.accept(stripe.subscription("customer.subscription.created", "trialing", NONE));
        assertThat(affonso.changes()).isEmpty();

        affonso.accept(stripe.subscribed(ANNA));
        assertThat(affonso.changes()).hasSize(1);
    }

    /** Stripe also calls a subscription trialing whose next payment is put off. */
    @Test
    void aSubscriptionThatIsTriedAfterItWasPaidIsNoTrial() {
        affonso.accept(paid(0, "in_1", "subscription_create"));
        affonso.accept(stripe.after(60).subscription("customer.subscription.updated", "trialing", ANNA));
        affonso.accept(trial());

        assertThat(affonso.changes()).isEmpty();
    }

    @Test
    void aVendorWithoutACallForItIsNotToldOfATrial() {
        firstPromoter.accept(trial());

        assertThat(firstPromoter.changes()).isEmpty();
        assertThat(firstPromoter.decisions()).contains("trial-started");
    }

    /** FirstPromoter counts the customer, so the call goes after the last sale. */
    @Test
    void theEndOfASubscriptionIsReportedAfterItsLastSale() {
        firstPromoter.accept(paid(0, "in_1", "subscription_create"));
        firstPromoter.accept(paid(60, "in_2", "subscription_cycle"));
        firstPromoter.accept(ended(99));

        assertThat(firstPromoter.changes()).singleElement().satisfies(change -> {
            assertThat(change.kind()).isEqualTo(Kind.ENDED);
            assertThat(change.follows()).endsWith("sale\nin_2A");
        });
        assertThat(firstPromoter.decisions()).contains("cancelled");
    }

    @Test
    void anEndThatArrivesBeforeTheFirstSaleWaitsForIt() {
        firstPromoter.accept(ended(99));
        assertThat(firstPromoter.changes()).isEmpty();

        firstPromoter.accept(paid(0, "in_1", "subscription_create"));
        assertThat(firstPromoter.changes()).hasSize(1);
    }

    /** Nothing was paid, so no vendor counts anything that would end. */
    @Test
    void theEndOfATrialThatWasNeverPaidIsNotReported() {
        firstPromoter.accept(trial());
        firstPromoter.accept(ended(60));

        assertThat(firstPromoter.changes()).isEmpty();
        assertThat(firstPromoter.decisions()).startsWith("cancelled");
    }

    @Test
    void theEndOfOneOfTwoSubscriptionsWaitsForThatOfTheOther() {
        String other = paid(10, "in_9", "subscription_create").replace("sub_A", "sub_B");
        firstPromoter.accept(paid(0, "in_1", "subscription_create"));
        firstPromoter.accept(other);
        firstPromoter.accept(ended(60));
        assertThat(firstPromoter.changes()).isEmpty();

        firstPromoter.accept(ended(70).replace("sub_A", "sub_B"));
        assertThat(firstPromoter.changes())
                .extracting(SubscriptionChange::subscriptionId)
                .containsExactlyInAnyOrder("sub_A", "sub_B");
    }

    @Test
    void aRefundChangesNothingAboutTheEnd() {
        firstPromoter.accept(stripe.after(60).charge("charge.refunded", "ch_1", "pi_1", 11900, 11900));
        firstPromoter.accept(ended(99));
        firstPromoter.accept(stripe.invoicePayment("in_1", "pi_1", 11900));
        firstPromoter.accept(paid(0, "in_1", "subscription_create"));

        assertThat(firstPromoter.money("anna")).isZero();
        assertThat(firstPromoter.changes()).hasSize(1);
    }

    @Test
    void eachChangeIsReportedOnceInAnyOrderAndWithRepetitions() {
        for (int seed = 0; seed < 100; seed++) {
            String customer = "c" + seed;
            Map<String, String> metadata = Map.of("reftrail_customer", customer);
            StripeAccount account = StripeAccount.of("S" + seed, Shop.NOW.minusSeconds(9_999_999));
            List<String> events = new ArrayList<>(List.of(
                    account.subscription("customer.subscription.created", "trialing", NONE),
                    account.invoice("in_0", "subscription_create", 0, 0, 0, "eur", NONE),
                    account.subscribed(metadata),
                    account.after(60).invoice("in_1", "subscription_cycle", 11900, 11900, 1900, "eur", NONE),
                    account.after(60).invoicePayment("in_1", "pi_1", 11900),
                    account.after(90).invoice("in_2", "subscription_cycle", 11900, 11900, 1900, "eur", NONE),
                    account.after(99).subscription("customer.subscription.deleted", NONE)));
            events.addAll(List.copyOf(events));
            Collections.shuffle(events, new Random(seed));
            affonso.signUp(customer).acceptAll(events);
            firstPromoter.signUp(customer).acceptAll(events);

            assertThat(of(firstPromoter, customer)).as("seed %d", seed).containsExactly(Kind.ENDED);
            assertThat(of(affonso, customer)).as("seed %d", seed).hasSizeLessThanOrEqualTo(1);
            assertThat(affonso.money(customer)).as("seed %d", seed).isEqualTo(20_000);
        }
        assertThat(affonso.changes()).isNotEmpty();
    }

    private static List<Kind> of(Shop shop, String customer) {
        return shop.changes().stream()
                .filter(change -> change.customerId().equals(customer))
                .map(SubscriptionChange::kind)
                .toList();
    }
}
