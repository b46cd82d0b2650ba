package io.reftrail.payments;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.Reftrail;
import io.reftrail.backend.HttpCall;
import io.reftrail.backend.HttpReply;
import io.reftrail.backend.declared.BackendDeclaration;
import io.reftrail.delivery.HttpTransport;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.outbox.memory.InMemoryOutbox;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a vendor knows of refunds that keeps one sum for each sale, as Rewardful does: each call replaces the one before. */
class RefundSumTests {

    private final StripeAccount stripe = StripeAccount.of("A", Shop.NOW.minusSeconds(600));
    private final Rewardful rewardful = new Rewardful();
    private final Reftrail reftrail = Reftrail.builder()
            .backend(BackendDeclaration.shipped("rewardful").backend(Map.of("api-key", "secret")))
            .outbox(new InMemoryOutbox())
            .transport(rewardful)
            .build();
    private final StripePayments payments =
            new StripePayments(reftrail, Shop.settings(), Clock.fixed(Shop.NOW, ZoneOffset.UTC));

    /** Rewardful with one sale, by section 3 of its contract. Answers the first update with an error. */
    private static final class Rewardful implements HttpTransport {

        private static final Pattern REFUNDED = Pattern.compile("refund_amount_cents=(\\d+)");

        private final List<Long> sums = new ArrayList<>();
        private boolean ill = true;
        private long awaited;
        private CompletableFuture<List<Long>> arrived = new CompletableFuture<>();

        /** Returns the sums that updates have stated, as soon as one of them is the expected one. */
        synchronized CompletableFuture<List<Long>> refunded(long sum) {
            awaited = sum;
            arrived = new CompletableFuture<>();
            return arrived;
        }

        @Override
        public synchronized HttpReply send(HttpCall call) {
            Matcher sum = REFUNDED.matcher(call.body());
            if (call.method().equals("PUT") && sum.find()) {
                if (ill) {
                    ill = false;
                    return new HttpReply(500, null, "", Instant.now());
                }
                sums.add(Long.parseLong(sum.group(1)));
                if (Long.parseLong(sum.group(1)) == awaited) {
                    arrived.complete(List.copyOf(sums));
                }
            }
            return new HttpReply(200, null, """
                    {"id": "sale_1", "charge_amount_cents": 10000, "currency": "EUR", "external_id": "in_1A",
                     "charged_at": "2026-11-20T09:00:00.000Z", "invoiced_at": "2026-11-20T09:00:00.000Z"}""", Instant.now());
        }

        @Override
        public void close() {}
    }

    @AfterEach
    void close() {
        reftrail.close();
    }

    private void accept(String event) {
        payments.accept(event, StripeAccount.sign(event, StripeAccount.SECRET, Shop.NOW));
    }

    private void subscribe() {
        reftrail.lead(new Attribution("rewardful", "a1b2", Shop.NOW.minusSeconds(3600)), Customer.of("anna"));
        accept(stripe.invoice(
                "in_1", "subscription_create", 11900, 11900, 1900, "eur", Map.of("reftrail_customer", "anna")));
        accept(stripe.invoicePayment("in_1", "pi_1", 11900));
    }

    /** The first part is answered with an error, and waits; the second one must not overtake it. */
    @Test
    void refundsInPartsAddUpAndKeepTheirOrder() throws Exception {
        subscribe();
        CompletableFuture<List<Long>> sums = rewardful.refunded(7500);
        accept(stripe.after(60).charge("charge.refunded", "ch_1", "pi_1", 11900, 2975));
        accept(stripe.after(70).charge("charge.refunded", "ch_1", "pi_1", 11900, 5950));
        accept(stripe.after(80).charge("charge.refunded", "ch_1", "pi_1", 11900, 8925));

        Shop.await(sums);
        assertThat(sums.get()).containsExactly(2500L, 5000L, 7500L);
    }

    @Test
    void aDisputeThatIsWonAfterItWasLostIsTakenBack() throws Exception {
        subscribe();
        CompletableFuture<List<Long>> lost = rewardful.refunded(10000);
        accept(stripe.after(60).dispute("charge.dispute.closed", "ch_1", "pi_1", 11900, "lost"));
        Shop.await(lost);

        CompletableFuture<List<Long>> won = rewardful.refunded(0);
        accept(stripe.after(70).dispute("charge.dispute.closed", "ch_1", "pi_1", 11900, "won"));
        Shop.await(won);

        CompletableFuture<List<Long>> refunded = rewardful.refunded(5000);
        accept(stripe.after(80).charge("charge.refunded", "ch_1", "pi_1", 11900, 5950));
        Shop.await(refunded);
        assertThat(refunded.get()).containsExactly(10000L, 0L, 5000L);
    }

    @Test
    void aRefundThatFailsIsTakenBackAndCanBeMadeAgain() throws Exception {
        subscribe();
        long first = stripe.after(60).at();
        CompletableFuture<List<Long>> sums = rewardful.refunded(4000);
        accept(stripe.after(60).charge("charge.refunded", "ch_1", "pi_1", 11900, 2380));
        accept(stripe.after(70).refund("refund.failed", "re_1", "ch_1", "pi_1", 2380, "failed", first));
        accept(stripe.after(80).charge("charge.refunded", "ch_1", "pi_1", 11900, 2380));
        accept(stripe.after(85).refund("refund.failed", "re_2", "ch_1", "pi_1", 2380, "failed", first + 20));
        accept(stripe.after(90).charge("charge.refunded", "ch_1", "pi_1", 11900, 4760));

        Shop.await(sums);
        assertThat(sums.get()).containsExactly(2000L, 0L, 2000L, 0L, 4000L);
    }
}
