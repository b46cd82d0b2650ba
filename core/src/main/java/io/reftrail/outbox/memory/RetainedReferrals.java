package io.reftrail.outbox.memory;

import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.model.Money;
import io.reftrail.model.Referral;
import io.reftrail.model.Referral.Status;
import io.reftrail.model.Refund;
import io.reftrail.model.Sale;
import io.reftrail.outbox.OutboxException;
import io.reftrail.outbox.ReferralStore;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The referrals of the customers who signed up last, in memory. Thread-safe. */
final class RetainedReferrals implements ReferralStore {

    private static final int CODES = 3;

    private final Map<String, String> codes;

    /** The customers by their codes: the same entries as in {@link #codes}. */
    private final Map<String, String> referrers;

    private final Map<String, Known> referrals;

    /** @param capacity the number of codes and of referrals that are kept */
    RetainedReferrals(int capacity) {
        this.codes = new RetainedEvents.Latest<>(capacity);
        this.referrers = new RetainedEvents.Latest<>(capacity);
        this.referrals = new RetainedEvents.Latest<>(capacity);
    }

    /** A payment with what is left of it. */
    private record Paid(String invoiceId, Instant paidAt, Money amount, BigDecimal left) {}

    /** A referral with its payments and its claim. */
    private static final class Known {

        private Referral referral;
        private final Map<String, Paid> payments = new LinkedHashMap<>();
        private @Nullable String lease;
        private @Nullable Instant retryAt;

        Known(Referral referral) {
            this.referral = referral;
        }

        boolean isOpen() {
            return referral.status() != Status.REWARDED;
        }

        void derive() {
            Paid earning = payments.values().stream()
                    .filter(paid -> paid.left().signum() > 0)
                    .min(Comparator.comparing(Paid::paidAt).thenComparing(Paid::invoiceId))
                    .orElse(null);
            if (earning == null) {
                update(payments.isEmpty() ? Status.SIGNED_UP : Status.REFUNDED, null, null);
            } else {
                Money left =
                        Money.of(earning.left(), earning.amount().currency().getCurrencyCode());
                update(Status.PAID, earning, left);
            }
        }

        private void update(Status status, @Nullable Paid paid, @Nullable Money left) {
            referral = new Referral(
                    referral.customerId(),
                    referral.referrerId(),
                    referral.signedUpAt(),
                    status,
                    paid == null ? null : paid.invoiceId(),
                    paid == null ? null : paid.paidAt(),
                    left,
                    null,
                    referral.attempts());
        }

        void is(Status status, @Nullable Instant rewardedAt, int attempts) {
            referral = new Referral(
                    referral.customerId(),
                    referral.referrerId(),
                    referral.signedUpAt(),
                    status,
                    referral.invoiceId(),
                    referral.paidAt(),
                    referral.amount(),
                    rewardedAt,
                    attempts);
        }
    }

    @Override
    public synchronized String code(String customerId, Supplier<String> random) {
        if (customerId.length() > LONGEST_ID) {
            throw new OutboxException("an id is longer than " + LONGEST_ID + " characters");
        }
        String known = codes.get(customerId);
        for (int attempt = 1; known == null && attempt <= CODES; attempt++) {
            String made = random.get();
            if (referrers.putIfAbsent(made, customerId) == null) {
                codes.put(customerId, made);
                known = made;
            }
        }
        if (known == null) {
            throw new OutboxException("every code is taken");
        }
        return known;
    }

    @Override
    public synchronized @Nullable String referrer(String code) {
        return referrers.get(code);
    }

    /** Stores an event that the backend {@code own} has recorded. */
    synchronized void record(Event event) {
        if (event instanceof Lead lead) {
            String code = lead.attribution().clickId();
            String referrer = code == null ? null : referrer(code);
            String customer = lead.customer().id();
            if (referrer != null && !referrer.equals(customer) && customer.length() <= LONGEST_ID) {
                referrals.putIfAbsent(
                        customer,
                        new Known(new Referral(
                                customer, referrer, lead.occurredAt(), Status.SIGNED_UP, null, null, null, null, 0)));
            }
            return;
        }
        Known known = event.customerId() == null ? null : referrals.get(event.customerId());
        if (known != null && known.isOpen()) {
            if (event instanceof Sale sale) {
                String invoice = sale.payment().invoiceId();
                Money amount = sale.payment().amount();
                known.payments.putIfAbsent(invoice, new Paid(invoice, sale.occurredAt(), amount, amount.amount()));
            } else if (event instanceof Refund refund) {
                known.payments.computeIfPresent(refund.invoiceId(), (same, paid) -> refunded(paid, refund.amount()));
            }
            known.derive();
        }
    }

    private static Paid refunded(Paid paid, @Nullable Money amount) {
        if (amount != null && !amount.currency().equals(paid.amount().currency())) {
            return paid;
        }
        BigDecimal left = amount == null ? BigDecimal.ZERO : paid.left().subtract(amount.amount());
        return new Paid(paid.invoiceId(), paid.paidAt(), paid.amount(), left.max(BigDecimal.ZERO));
    }

    @Override
    public synchronized @Nullable Referral find(String customerId) {
        Known known = referrals.get(customerId);
        return known == null ? null : known.referral;
    }

    private Stream<Referral> all() {
        return referrals.values().stream().map(known -> known.referral);
    }

    @Override
    public synchronized List<Referral> referralsBy(String referrerId, int limit) {
        return all().filter(referral -> referral.referrerId().equals(referrerId))
                .sorted(Comparator.comparing(Referral::signedUpAt).reversed().thenComparing(Referral::customerId))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<Referral> claimRewards(
            Instant paidUntil, Instant now, Instant leaseUntil, String lease, int limit) {
        List<Referral> claimed = new ArrayList<>();
        for (Known known : referrals.values()) {
            Instant paidAt = known.referral.paidAt();
            if (claimed.size() < limit
                    && known.referral.status() == Status.PAID
                    && paidAt != null
                    && !paidAt.isAfter(paidUntil)
                    && (known.retryAt == null || !known.retryAt.isAfter(now))) {
                known.lease = lease;
                known.retryAt = leaseUntil;
                known.is(Status.PAID, null, known.referral.attempts() + 1);
                claimed.add(known.referral);
            }
        }
        return claimed;
    }

    @Override
    public synchronized boolean reward(String customerId, String lease, Instant at, boolean given) {
        Known known = referrals.get(customerId);
        if (known == null
                || !Objects.equals(known.lease, lease)
                || (known.referral.status() != Status.PAID && !given)) {
            return false;
        }
        known.lease = null;
        known.is(Status.REWARDED, at, known.referral.attempts());
        return true;
    }

    @Override
    public synchronized void release(String customerId, String lease, Instant retryAt) {
        Known known = referrals.get(customerId);
        if (known != null && Objects.equals(known.lease, lease)) {
            known.lease = null;
            known.retryAt = retryAt;
        }
    }

    synchronized int forget(String customerId) {
        int before = referrals.size() + codes.size();
        referrals
                .values()
                .removeIf(known -> known.referral.customerId().equals(customerId)
                        || known.referral.referrerId().equals(customerId));
        String code = codes.get(customerId);
        if (code != null) {
            codes.remove(customerId);
            referrers.remove(code);
        }
        return before - referrals.size() - codes.size();
    }

    /** Returns what is stored about a customer, without the other side of a referral, by the names of the tables. */
    synchronized Map<String, List<Map<String, @Nullable Object>>> stored(String customerId) {
        Map<String, List<Map<String, @Nullable Object>>> stored = new LinkedHashMap<>();
        String code = codes.get(customerId);
        if (code != null) {
            stored.put("reftrail_referrer", List.of(Map.of("customer_id", customerId, "code", code)));
        }
        List<Map<String, @Nullable Object>> rows = all().filter(
                        referral -> referral.customerId().equals(customerId)
                                || referral.referrerId().equals(customerId))
                .map(referral -> Map.<String, @Nullable Object>of(
                        "side", referral.customerId().equals(customerId) ? "customer" : "referrer",
                        "signed_up_at", referral.signedUpAt().toString(),
                        "status", referral.status().text()))
                .toList();
        if (!rows.isEmpty()) {
            stored.put("reftrail_referral", rows);
        }
        return stored;
    }
}
