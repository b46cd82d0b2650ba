package io.reftrail.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The end is the same whatever the order in which Stripe's events arrive, and however often. */
class StripeOrderTests {

    private final Shop shop = new Shop();

    @AfterEach
    void close() {
        shop.close();
    }

    /** A subscription with a refund in two parts and a dispute: 100.00, 100.00 and 50.00 less 30.00 and 100.00. */
    static List<String> journey(StripeAccount stripe, String customer) {
        Map<String, String> metadata = Map.of("reftrail_customer", customer);
        long month = 30 * 86_400;
        StripeAccount second = stripe.after(month);
        StripeAccount third = stripe.after(2 * month);
        return List.of(
                stripe.subscription("customer.subscription.created", Map.of()),
                stripe.intent("pi_1", "ch_1", 11900, "eur", "in_1", Map.of()),
                stripe.charge("charge.succeeded", "ch_1", "pi_1", 11900, 0),
                stripe.invoice("in_1", "subscription_create", 11900, 11900, 1900, "eur", Map.of()),
                stripe.invoicePayment("in_1", "pi_1", 11900),
                stripe.subscribed(metadata),
                second.invoice("in_2", "subscription_cycle", 11900, 11900, 1900, "eur", Map.of()),
                second.invoicePayment("in_2", "pi_2", 11900),
                second.after(10).dispute("charge.dispute.created", "ch_2", "pi_2", 11900, "needs_response"),
                second.after(20).dispute("charge.dispute.closed", "ch_2", "pi_2", 11900, "lost"),
                third.invoice("in_3", "subscription_update", 5950, 5950, 950, "eur", Map.of()),
                third.invoicePayment("in_3", "pi_3", 5950),
                third.after(10)
                        .refund(
                                "refund.created",
                                "re_1",
                                "ch_1",
                                "pi_1",
                                1190,
                                "succeeded",
                                third.after(10).at()),
                third.after(10).charge("charge.refunded", "ch_1", "pi_1", 11900, 1190),
                third.after(50).charge("charge.refunded", "ch_1", "pi_1", 11900, 3570),
                third.after(99).subscription("customer.subscription.deleted", Map.of()));
    }

    static final long JOURNEYS_MONEY = 10_000 + 5_000 - 3_000;

    /** All orders of six events that matter most. */
    @Test
    void everyOrderOfAShortJourneyEndsAlike() {
        List<List<Integer>> orders = permutations(6);
        assertThat(orders).hasSize(720);
        for (int number = 0; number < orders.size(); number++) {
            String customer = "short" + number;
            StripeAccount stripe = StripeAccount.of("S" + number, Shop.NOW.minusSeconds(9999));
            shop.signUp(customer);
            List<String> events = List.of(
                    stripe.subscribed(Map.of("reftrail_customer", customer)),
                    stripe.invoice("in_1", "subscription_create", 11900, 11900, 1900, "eur", Map.of()),
                    stripe.invoicePayment("in_1", "pi_1", 11900),
                    stripe.after(60).invoice("in_2", "subscription_cycle", 11900, 11900, 1900, "eur", Map.of()),
                    stripe.after(70).charge("charge.refunded", "ch_1", "pi_1", 11900, 5950),
                    stripe.after(80).dispute("charge.dispute.closed", "ch_1", "pi_1", 1190, "lost"));

            orders.get(number).forEach(index -> shop.accept(events.get(index)));

            assertThat(shop.money(customer)).as("order %s", orders.get(number)).isEqualTo(20_000 - 6_000);
        }
        assertThat(shop.sales()).hasSize(2 * 720);
    }

    private static List<List<Integer>> permutations(int size) {
        if (size == 0) {
            return List.of(List.of());
        }
        List<List<Integer>> all = new ArrayList<>();
        for (List<Integer> shorter : permutations(size - 1)) {
            for (int at = 0; at < size; at++) {
                List<Integer> longer = new ArrayList<>(shorter);
                longer.add(at, size - 1);
                all.add(longer);
            }
        }
        return all;
    }

    @Test
    void aWholeJourneyEndsAlikeInRandomOrderWithRepetitions() {
        for (int number = 0; number < 200; number++) {
            Random random = new Random(number);
            String customer = "long" + number;
            shop.signUp(customer);
            List<String> events = new ArrayList<>(
                    journey(StripeAccount.of("L" + number, Shop.NOW.minusSeconds(9_999_999)), customer));
            random.ints(10, 0, events.size()).mapToObj(events::get).toList().forEach(events::add);
            Collections.shuffle(events, random);

            shop.acceptAll(events);

            assertThat(shop.money(customer)).as("seed %d", number).isEqualTo(JOURNEYS_MONEY);
        }
        assertThat(shop.sales()).hasSize(3 * 200);
    }

    @Test
    void theSameEventTenTimesAtOnceIsOne() throws Exception {
        shop.signUp("anna");
        String event = StripeAccount.of("A", Shop.NOW.minusSeconds(60))
                .invoice("in_1", "subscription_create", 11900, 11900, 1900, "eur", Map.of("reftrail_customer", "anna"));
        ExecutorService threads = Executors.newFixedThreadPool(5);
        List<Future<?>> done = new ArrayList<>();
        IntStream.range(0, 10).forEach(time -> done.add(threads.submit(() -> shop.accept(event))));
        for (Future<?> one : done) {
            Shop.await(one);
        }
        threads.shutdown();

        assertThat(shop.sales()).hasSize(1);
        assertThat(shop.decisions()).filteredOn("repeated"::equals).hasSize(9);
    }

    /** The oldest payments of somebody who pays every day are dropped; the record stays small. */
    @Test
    void aRecordIsBounded() {
        shop.signUp("anna");
        StripeAccount stripe = StripeAccount.of("A", Shop.NOW.minusSeconds(9_999_999));
        Map<String, String> metadata = Map.of("reftrail_customer", "anna");
        PayerRecord record = PayerRecord.of(List.of());
        int days = Payments.MOST_PAYMENTS + 30;
        for (int day = 0; day < days; day++) {
            shop.accept(stripe.after(day).invoice("in_" + day + "_", "manual", 1000, 1000, 0, "eur", metadata));
            record.add(new PayerRecord.TimedFact(
                    Shop.NOW.plusSeconds(day),
                    new PaymentFact.Paid(
                            "in_" + day, PaymentFact.Source.INVOICE, 1, 0, "EUR", null, null, null, false)));
        }
        assertThat(record.keep(Payments.MOST_PAYMENTS)).hasSize(30).contains("in_0", "in_29");
        assertThat(record.payments()).hasSize(Payments.MOST_PAYMENTS);

        shop.accept(stripe.after(days - 1).invoice("in_0_", "manual", 1000, 1000, 0, "eur", metadata));
        assertThat(shop.money("anna")).isEqualTo(1000L * days);
    }
}
