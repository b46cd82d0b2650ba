package io.reftrail.outbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reftrail.backend.own.OwnBackend;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.model.Money;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.model.Payment;
import io.reftrail.model.Referral;
import io.reftrail.model.Referral.Status;
import io.reftrail.model.Refund;
import io.reftrail.model.Sale;
import io.reftrail.testing.HandSetClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Customers who bring customers, and rewards that are given once. */
public abstract class OutboxReferralContract extends OutboxWithheldContract {

    private static final Instant NOW = HandSetClock.START;
    private static final Duration DAY = Duration.ofDays(1);

    private ReferralStore referrals() {
        return requireNonNull(outbox.referrals());
    }

    private String codeOf(String customerId) {
        return referrals().code(customerId, OwnBackend::newCode);
    }

    private static Attribution link(String code) {
        return new Attribution(Referral.BACKEND, code, NOW.minus(DAY));
    }

    /** Delivers events as a sender does. */
    private void deliver(Event... events) {
        for (Event event : events) {
            outbox.enqueue(event);
            outbox.settle(claimOne(Referral.BACKEND), done());
        }
    }

    private void signUp(String customerId, String referrerId) {
        deliver(lead(customerId, codeOf(referrerId)));
    }

    private static Lead lead(String customerId, String code) {
        return Lead.of(link(code), Customer.of(customerId), "Sign Up", NOW);
    }

    private static Sale sale(String customerId, String invoiceId, String amount, Instant at) {
        Payment payment = Payment.of(customerId, invoiceId, Money.of(new BigDecimal(amount), "EUR"));
        return Sale.of(link("x"), payment, "Sign Up", at);
    }

    private static Refund refund(String customerId, String invoiceId, String refundId, @Nullable Money amount) {
        return Refund.of(link("x"), customerId, invoiceId, refundId, amount, null, NOW);
    }

    private static Money euros(String amount) {
        return Money.of(new BigDecimal(amount), "EUR");
    }

    private Referral referral(String customerId) {
        return requireNonNull(referrals().find(customerId));
    }

    private List<String> claimed(Instant paidUntil, Instant now, String lease) {
        return referrals().claimRewards(paidUntil, now, now.plus(LEASE), lease, 10).stream()
                .map(Referral::customerId)
                .toList();
    }

    @Test
    void aCustomerHasOneCodeThatLeadsBack() {
        String code = codeOf("nora");

        assertThat(codeOf("nora")).isEqualTo(code).hasSize(16).doesNotContain("nora");
        assertThat(codeOf("max")).isNotEqualTo(code);
        assertThat(referrals().referrer(code)).isEqualTo("nora");
        assertThat(referrals().referrer("unknown")).isNull();
        assertThat(referrals().referrer(code.toUpperCase(java.util.Locale.ROOT)))
                .isNull();
    }

    @Test
    void aCodeThatIsTakenIsMadeAgain() {
        String taken = codeOf("nora");
        List<String> made = new ArrayList<>(List.of(taken, "afreshcode234567"));

        assertThat(referrals().code("max", () -> made.size() > 1 ? made.remove(0) : made.get(0)))
                .isEqualTo("afreshcode234567");
    }

    @Test
    void customersWhoAskAtOnceGetTheSameCode() throws Exception {
        for (int number = 0; number < 30; number++) {
            String customer = "nora-" + number;

            assertThat(atOnce(() -> codeOf(customer))).hasSize(1);
        }
    }

    @Test
    void aFriendSignsUpAndPays() {
        signUp("kim", "nora");

        assertThat(referral("kim"))
                .isEqualTo(new Referral("kim", "nora", NOW, Status.SIGNED_UP, null, null, null, null, 0));

        deliver(sale("kim", "inv-1", "29.00", NOW.plusSeconds(1)));

        assertThat(referral("kim"))
                .isEqualTo(new Referral(
                        "kim", "nora", NOW, Status.PAID, "inv-1", NOW.plusSeconds(1), euros("29.00"), null, 0));
        assertThat(referrals().referralsBy("nora", 10)).containsExactly(referral("kim"));
        assertThat(referrals().referralsBy("kim", 10)).isEmpty();
        assertThat(referrals().find("nora")).isNull();
    }

    @Test
    void onlyWhatIsRecordedCounts() {
        outbox.enqueue(lead("kim", codeOf("nora")));
        outbox.settle(claimOne(Referral.BACKEND), new Settlement.Done(Outcome.of(Verdict.REJECTED, "by hand")));
        deliver(lead("nora", codeOf("nora")), lead("lee", "unknowncode23456"));
        deliver(sale("lee", "inv-1", "29.00", NOW), refund("lee", "inv-1", "re-1", null));
        enqueue("introw", "max");
        outbox.settle(claimOne("introw"), done());

        for (String customer : List.of("kim", "nora", "lee", "max")) {
            assertThat(referrals().find(customer)).isNull();
        }
    }

    @Test
    void theFirstReferrerStays() {
        signUp("kim", "nora");
        outbox.enqueue(lead("kim", codeOf("max")).repeatable());
        outbox.settle(claimOne(Referral.BACKEND), done());

        assertThat(referral("kim").referrerId()).isEqualTo("nora");
    }

    @Test
    void anotherPaymentStandsInForARefundedOne() {
        signUp("kim", "nora");
        deliver(sale("kim", "inv-1", "29.00", NOW), sale("kim", "inv-2", "9.00", NOW.plusSeconds(60)));
        assertThat(referral("kim").invoiceId()).isEqualTo("inv-1");

        deliver(refund("kim", "inv-1", "re-1", null));
        assertThat(referral("kim").invoiceId()).isEqualTo("inv-2");
        assertThat(referral("kim").paidAt()).isEqualTo(NOW.plusSeconds(60));

        deliver(refund("kim", "inv-2", "re-2", euros("9.00")));
        assertThat(referral("kim").status()).isEqualTo(Status.REFUNDED);
        assertThat(referral("kim").amount()).isNull();

        deliver(sale("kim", "inv-3", "1.00", NOW.plusSeconds(90)));
        assertThat(referral("kim").status()).isEqualTo(Status.PAID);
    }

    /** Sums that binary fractions would miss. */
    @Test
    void partialRefundsLeaveARest() {
        signUp("kim", "nora");
        deliver(
                sale("kim", "inv-1", "0.30", NOW),
                refund("kim", "inv-1", "re-1", euros("0.10")),
                refund("kim", "inv-1", "re-2", Money.of(BigDecimal.ONE, "USD")),
                refund("kim", "inv-unknown", "re-3", null));
        assertThat(referral("kim").amount()).isEqualTo(euros("0.20"));

        deliver(refund("kim", "inv-1", "re-4", euros("0.20")));
        assertThat(referral("kim").status()).isEqualTo(Status.REFUNDED);
    }

    @Test
    void aLateSettlementTakesNoRefundTwice() {
        signUp("kim", "nora");
        deliver(sale("kim", "inv-1", "29.00", NOW));
        outbox.enqueue(refund("kim", "inv-1", "re-1", euros("10.00")));
        Claim lost = claimOne(Referral.BACKEND);
        advance(LEASE.plus(A_MOMENT));
        Claim held = claimOne(Referral.BACKEND);

        outbox.settle(lost, done());
        assertThat(referral("kim").amount()).isEqualTo(euros("29.00"));
        outbox.settle(held, done());
        outbox.settle(held, done());

        assertThat(referral("kim").amount()).isEqualTo(euros("19.00"));
    }

    @Test
    void aRewardIsDueWhenThePaymentHasStood() {
        signUp("kim", "nora");
        assertThat(claimed(NOW.plus(DAY), NOW.plus(DAY), "early")).isEmpty();
        deliver(sale("kim", "inv-1", "29.00", NOW));

        assertThat(claimed(NOW.minusMillis(1), NOW.plus(DAY), "early")).isEmpty();
        assertThat(claimed(NOW, NOW.plus(DAY), "one")).containsExactly("kim");
        assertThat(claimed(NOW, NOW.plus(DAY), "other")).isEmpty();

        assertThat(referrals().reward("kim", "other", NOW.plus(DAY), true)).isFalse();
        assertThat(referrals().reward("kim", "one", NOW.plus(DAY), false)).isTrue();
        assertThat(referrals().reward("kim", "one", NOW.plus(DAY), true)).isFalse();
        assertThat(referral("kim").status()).isEqualTo(Status.REWARDED);
        assertThat(referral("kim").rewardedAt()).isEqualTo(NOW.plus(DAY));
        assertThat(claimed(NOW, NOW.plus(DAY.multipliedBy(9)), "late")).isEmpty();
        deliver(refund("kim", "inv-1", "re-1", null), sale("kim", "inv-2", "29.00", NOW));
        assertThat(referral("kim").status()).isEqualTo(Status.REWARDED);
    }

    @Test
    void aRefundBeforeTheRewardCancelsIt() {
        signUp("kim", "nora");
        deliver(sale("kim", "inv-1", "29.00", NOW));
        assertThat(claimed(NOW, NOW, "one")).containsExactly("kim");
        deliver(refund("kim", "inv-1", "re-1", null));

        assertThat(referrals().reward("kim", "one", NOW, false)).isFalse();
        assertThat(referral("kim").status()).isEqualTo(Status.REFUNDED);
        assertThat(claimed(NOW, NOW.plus(DAY), "two")).isEmpty();
    }

    /** Otherwise the next payment would be rewarded a second time. */
    @Test
    void aRefundDuringTheRewardComesTooLate() {
        signUp("kim", "nora");
        deliver(sale("kim", "inv-1", "29.00", NOW));
        assertThat(claimed(NOW, NOW, "one")).containsExactly("kim");
        deliver(refund("kim", "inv-1", "re-1", null));

        assertThat(referrals().reward("kim", "one", NOW, true)).isTrue();
        deliver(sale("kim", "inv-2", "29.00", NOW));
        assertThat(referral("kim").status()).isEqualTo(Status.REWARDED);
    }

    @Test
    void aRewardThatFailedIsClaimedAgainAndCounted() {
        signUp("kim", "nora");
        deliver(sale("kim", "inv-1", "29.00", NOW));

        assertThat(claimed(NOW, NOW, "one")).containsExactly("kim");
        referrals().release("kim", "one", NOW.plusSeconds(1));
        assertThat(claimed(NOW, NOW, "two")).isEmpty();
        assertThat(claimed(NOW, NOW.plusSeconds(1), "three")).containsExactly("kim");
        assertThat(claimed(NOW, NOW.plusSeconds(1).plus(LEASE), "after the lease"))
                .containsExactly("kim");
        assertThat(referrals().reward("kim", "three", NOW, true)).isFalse();
        assertThat(referral("kim").attempts()).isEqualTo(3);
    }

    @Test
    void eachRewardIsClaimedByOneOfMany() throws Exception {
        List<String> friends =
                IntStream.range(0, 12).mapToObj(number -> "friend " + number).toList();
        for (String friend : friends) {
            signUp(friend, "nora");
            deliver(sale(friend, "inv of " + friend, "1.00", NOW));
        }

        List<List<String>> all = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            all.addAll(each(() ->
                    referrals()
                            .claimRewards(
                                    NOW,
                                    NOW,
                                    NOW.plus(LEASE),
                                    Thread.currentThread().getName(),
                                    3)
                            .stream()
                            .map(Referral::customerId)
                            .toList()));
        }

        assertThat(all.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(friends);
    }

    private <T> Set<T> atOnce(Callable<T> work) throws Exception {
        return new HashSet<>(each(work));
    }

    private static <T> List<T> each(Callable<T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> one : threads.invokeAll(List.of(work, work, work, work), 30, TimeUnit.SECONDS)) {
                results.add(one.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aForgottenCustomerIsOnNeitherSide() {
        signUp("kim", "nora");
        signUp("lee", "kim");
        signUp("max", "lee");
        deliver(sale("lee", "inv-1", "1.00", NOW));
        String code = codeOf("kim");

        assertThat(outbox.forget("kim")).isPositive();

        assertThat(referrals().find("kim")).isNull();
        assertThat(referrals().find("lee")).isNull();
        assertThat(referrals().find("max")).isNotNull();
        assertThat(referrals().referrer(code)).isNull();
        assertThat(codeOf("kim")).isNotEqualTo(code);
        deliver(refund("lee", "inv-1", "re-1", null));
    }

    @Test
    void anExportNamesNobodyElse() {
        signUp("kim", "nora");
        signUp("lee", "kim");
        deliver(sale("lee", "inv-1", "1.00", NOW), sale("kim", "inv-2", "2.00", NOW));

        var stored = outbox.stored("kim");

        assertThat(stored.get("reftrail_referrer")).singleElement().satisfies(row -> assertThat(row)
                .containsEntry("code", codeOf("kim")));
        assertThat(stored.get("reftrail_referral")).hasSize(2).allSatisfy(row -> assertThat(row)
                .containsEntry("status", "paid")
                .doesNotContainValue("nora")
                .doesNotContainValue("lee"));
        assertThat(outbox.stored("somebody")).isEmpty();
    }

    @Test
    void idsAreLimited() {
        String longest = "k".repeat(ReferralStore.LONGEST_ID);
        signUp(longest, longest.replace('k', 'n'));
        deliver(sale(longest, "i".repeat(300), "1.00", NOW));

        assertThat(referral(longest).status()).isEqualTo(Status.PAID);
        assertThatExceptionOfType(OutboxException.class).isThrownBy(() -> codeOf(longest + "k"));
        deliver(lead(longest + "k", codeOf("nora")));
        assertThat(referrals().find(longest + "k")).isNull();
    }
}
