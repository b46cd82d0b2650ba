package io.reftrail.payments;

import io.reftrail.PaymentReason;
import io.reftrail.RefundRequest;
import io.reftrail.model.Attribution;
import io.reftrail.model.Money;
import io.reftrail.model.Payment;
import io.reftrail.payments.PayerRecord.Reported;
import io.reftrail.payments.PayerRecord.TimedFact;
import io.reftrail.payments.PaymentFact.Awaited;
import io.reftrail.payments.PaymentFact.CarriesClick;
import io.reftrail.payments.PaymentFact.CarriesCoupon;
import io.reftrail.payments.PaymentFact.CustomerNamed;
import io.reftrail.payments.PaymentFact.Naming;
import io.reftrail.payments.PaymentFact.Paid;
import io.reftrail.payments.PaymentFact.PaidBy;
import io.reftrail.payments.PaymentFact.RefundTotal;
import io.reftrail.payments.PaymentFact.Reversal;
import io.reftrail.payments.PaymentFact.Source;
import io.reftrail.payments.PaymentFact.SubscriptionEnded;
import io.reftrail.payments.PaymentFact.TrialStarted;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The reconciliation of a payer's record. It computes the sales and refunds that follow from the facts, reports those that were not
 * reported yet, and stores that in the record, so a second reconciliation of the same facts reports nothing. The sales and refunds
 * of a payment add up to what was paid less what was given back.
 */
final class Reconciliation {

    /** The receiver of the difference. */
    interface Reports {

        /** Reports a customer without an account as a lead. */
        void lead(Attribution click, String customerId, Instant at);

        /** Reports the customer as a lead of a coupon's partner, if the coupon has one, and returns whether that was done. */
        boolean lead(String coupon, String customerId);

        /** Reports a sale, and returns whether any backend has the customer's lead. */
        boolean sale(Payment payment);

        void refund(RefundRequest refund);

        /** Reports that a trial has begun. */
        void trialStarted(String customerId, String subscription);

        /**
         * Reports that the customer's last subscription has ended.
         *
         * @param lastSale the id of its last sale
         */
        void subscriptionEnded(String customerId, String subscription, String lastSale);
    }

    private final PayerRecord record;
    private final PaymentAmount basis;
    private final String provider;
    private final Reports reports;
    private @Nullable String customerId;

    Reconciliation(PayerRecord record, PaymentAmount basis, String provider, Reports reports) {
        this.record = record;
        this.basis = basis;
        this.provider = provider;
        this.reports = reports;
    }

    /** The customer who has paid, and the clicks of a customer without an account. */
    private record Payer(String customerId, List<Attribution> clicks) {}

    /**
     * Reconciles all payments of the payer.
     *
     * @param touched the ids in the delivery that is the reason for this
     * @return the reasons why payments of the delivery are not sales
     */
    Set<PaymentReason> reconcile(Set<String> touched) {
        Set<PaymentReason> notes = EnumSet.noneOf(PaymentReason.class);
        for (Set<String> payment : record.payments()) {
            PaymentReason note = reconcilePayment(payment);
            if (note != null && payment.stream().anyMatch(touched::contains)) {
                notes.add(note);
            }
        }
        record.facts(TrialStarted.class)
                .map(TrialStarted::subscription)
                .toList()
                .forEach(this::trial);
        record.facts(SubscriptionEnded.class)
                .map(SubscriptionEnded::subscription)
                .toList()
                .forEach(this::end);
        return notes;
    }

    /** Reports the beginning of a trial, unless the subscription has been paid by now; and again if its coupon has made a lead. */
    private void trial(String subscription) {
        Payer payer = payer(Set.of(subscription), subscription);
        if (payer == null || lastSale(subscription) != null) {
            return;
        }
        String customer = payer.customerId();
        customerId = customer;
        boolean credited = credit(Set.of(subscription), subscription, customer);
        if (record.beginTrial(subscription) || credited) {
            becomeLead(
                    payer,
                    Objects.requireNonNull(record.find(new TrialStarted(subscription)))
                            .at());
            reports.trialStarted(customer, subscription);
        }
    }

    /**
     * Reports the end of a subscription of which sales were reported. Vendors count the customer, so it waits while the customer
     * has another subscription that was paid.
     */
    private void end(String subscription) {
        String last = lastSale(subscription);
        Reported sale = last == null ? null : record.reported().get(last);
        if (last == null || sale == null || hasAnother(sale.customerId()) || !record.end(subscription)) {
            return;
        }
        if (!sale.withoutLead()) {
            reports.subscriptionEnded(sale.customerId(), subscription, last);
        }
    }

    private @Nullable String lastSale(String subscription) {
        return sales(subscription)
                .max(Comparator.comparing(TimedFact::at))
                .map(Reconciliation::saleOf)
                .orElse(null);
    }

    /** Returns the payments of a subscription that are reported as sales. */
    private Stream<TimedFact> sales(String subscription) {
        return record.timedFacts()
                .filter(timed -> timed.fact() instanceof Paid paid
                        && subscription.equals(paid.subscription())
                        && record.reported().containsKey(paid.payment()));
    }

    private static String saleOf(TimedFact paid) {
        return ((Paid) paid.fact()).payment();
    }

    private boolean hasAnother(String customer) {
        return record.facts(Paid.class)
                .filter(paid -> {
                    Reported sale = record.reported().get(paid.payment());
                    return sale != null && sale.customerId().equals(customer);
                })
                .map(Paid::subscription)
                .filter(Objects::nonNull)
                .anyMatch(other -> record.find(new SubscriptionEnded(other)) == null);
    }

    /** Returns the application's id of the customer, or {@code null} if it is unknown. Of several, the one who paid last counts. */
    @Nullable
    String customerId() {
        return customerId != null
                ? customerId
                : record.facts(CustomerNamed.class)
                        .map(CustomerNamed::customerId)
                        .findFirst()
                        .orElse(null);
    }

    private @Nullable PaymentReason reconcilePayment(Set<String> payment) {
        List<Paid> paid = bestSource(payment);
        long gross = paid.stream().mapToLong(Paid::amount).sum();
        long net = paid.stream().mapToLong(this::basis).sum();
        if (paid.isEmpty()) {
            return null;
        }
        Payer payer = payer(payment, paid.get(0).subscription());
        if (payer != null) {
            customerId = payer.customerId();
        }
        if (gross == 0) {
            return PaymentReason.NO_AMOUNT;
        }
        if (payer != null) {
            credit(payment, paid.get(0).subscription(), payer.customerId());
        }
        if (!reportSales(payment, paid, payer)) {
            return PaymentReason.UNKNOWN_CUSTOMER;
        }
        long given = shareOf(net, givenBack(payment), gross);
        return refund(payment, paid, net - given);
    }

    /**
     * Credits the partner of a coupon with a customer who has not paid before. A sale of this payment that was known before the coupon is
     * reported once more, because no backend had the customer's lead.
     *
     * @return whether that was done
     */
    private boolean credit(Set<String> payment, @Nullable String subscription, String customer) {
        boolean credited = false;
        boolean paidBefore = record.reported().entrySet().stream()
                .anyMatch(sale -> sale.getValue().customerId().equals(customer) && !payment.contains(sale.getKey()));
        List<String> coupons = record.facts(CarriesCoupon.class)
                .filter(carries ->
                        payment.contains(carries.of()) || carries.of().equals(subscription))
                .map(CarriesCoupon::coupon)
                .distinct()
                .toList();
        for (String coupon : coupons) {
            if (record.examine(coupon, customer) && !paidBefore && reports.lead(coupon, customer)) {
                credited = true;
                record.reported()
                        .entrySet()
                        .removeIf(sale -> payment.contains(sale.getKey())
                                && sale.getValue().withoutLead());
            }
        }
        return credited;
    }

    /**
     * Returns the best statement of a payment: its invoices, of which it may pay several, or else the checkout, or else the
     * transfer.
     */
    private List<Paid> bestSource(Set<String> payment) {
        List<Paid> all = record.facts(Paid.class)
                .filter(paid -> payment.contains(paid.payment()))
                .toList();
        Source best = all.stream().map(Paid::source).max(Source::compareTo).orElse(Source.TRANSFER);
        List<Paid> stated = all.stream().filter(paid -> paid.source() == best).toList();
        return best == Source.CAPTURE ? captured(payment, stated) : stated;
    }

    /**
     * Returns the money that has arrived for a checkout, with its part of the checkout's tax; empty if no checkout waits for money.
     */
    private List<Paid> captured(Set<String> payment, List<Paid> captures) {
        Awaited awaited = record.facts(Awaited.class)
                .filter(checkout -> payment.contains(checkout.payment()))
                .findFirst()
                .orElse(null);
        return awaited == null
                ? List.of()
                : captures.stream()
                        .map(paid -> paid.withTax(shareOf(awaited.tax(), paid.amount(), awaited.amount())))
                        .toList();
    }

    private long basis(Paid paid) {
        return basis == PaymentAmount.GROSS
                ? paid.amount()
                : paid.amount() - Math.max(0, Math.min(paid.tax(), paid.amount()));
    }

    /** Reports sales, and returns whether all sales of the payment are reported, by this call or before. */
    private boolean reportSales(Set<String> payment, List<Paid> paid, @Nullable Payer payer) {
        List<Paid> missing = new ArrayList<>();
        Deque<String> others = new ArrayDeque<>(
                record.reported().keySet().stream().filter(payment::contains).toList());
        for (Paid one : paid) {
            if (!others.remove(one.payment()) && basis(one) > 0) {
                missing.add(one);
            }
        }
        for (Paid one : missing) {
            // The payment was reported under another of its ids, before the invoice was known.
            if (others.poll() == null) {
                if (payer == null) {
                    return false;
                }
                report(one, payer);
            }
        }
        return true;
    }

    private void report(Paid paid, Payer payer) {
        String customer = payer.customerId();
        Instant at = Objects.requireNonNull(record.find(paid)).at();
        becomeLead(payer, at);
        Payment sale = Payment.of(customer, paid.payment(), money(basis(paid), paid.currency()))
                .withProduct(paid.product())
                .withProcessor(provider);
        String subscription = paid.subscription();
        if (subscription != null) {
            sale = isFirst(paid, at)
                    ? sale.forSubscription(subscription, paid.interval())
                    : sale.forRenewal(subscription, paid.interval());
        }
        boolean credited = reports.sale(sale);
        record.reported().put(paid.payment(), Reported.sale(customer, paid.currency(), basis(paid), !credited));
    }

    /** Reports a customer without an account as a lead, by the click that the checkout carries. */
    private void becomeLead(Payer payer, Instant at) {
        String customer = payer.customerId();
        boolean known = record.reported().values().stream()
                .anyMatch(before -> before.customerId().equals(customer));
        if (!known) {
            payer.clicks().forEach(click -> reports.lead(click, customer, at));
        }
    }

    /** After a free trial, the first payment is that of a later invoice. */
    private boolean isFirst(Paid paid, Instant at) {
        if (paid.first()) {
            return true;
        }
        List<Paid> before = record.timedFacts()
                .filter(timed -> timed.at().isBefore(at))
                .map(TimedFact::fact)
                .filter(Paid.class::isInstance)
                .map(Paid.class::cast)
                .filter(other -> Objects.equals(other.subscription(), paid.subscription()))
                .toList();
        return before.stream().anyMatch(Paid::first) && before.stream().allMatch(other -> other.amount() == 0);
    }

    private static Money money(long minor, String currency) {
        int digits = Currency.getInstance(currency.toUpperCase(Locale.ROOT)).getDefaultFractionDigits();
        return Money.of(BigDecimal.valueOf(minor, digits), currency);
    }

    /** Returns the part of an amount that corresponds to the part of the whole that was given back; never more than the amount. */
    private static long shareOf(long amount, long given, long whole) {
        if (given >= whole) {
            return amount;
        }
        return BigDecimal.valueOf(amount)
                .multiply(BigDecimal.valueOf(Math.max(0, given)))
                .divide(BigDecimal.valueOf(whole), 0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    /**
     * Returns the sum that was given back, with tax. A sum that the provider states includes the refunds that were made until then.
     */
    private long givenBack(Set<String> payment) {
        Map<String, Instant> sums = new LinkedHashMap<>();
        long given = 0;
        for (TimedFact timed : record.timedFacts().toList()) {
            if (timed.fact() instanceof RefundTotal all && payment.contains(all.charge())) {
                sums.put(all.charge(), timed.at());
                given += all.amount();
            }
        }
        for (TimedFact timed : record.timedFacts().toList()) {
            if (timed.fact() instanceof Reversal back && payment.contains(back.payment())) {
                Instant sum = back.charge() == null ? null : sums.get(back.charge());
                boolean included = sum != null && !back.since().isAfter(sum);
                if (back.counts() && !included) {
                    given += back.amount();
                } else if (!back.counts() && included && timed.at().isAfter(sum)) {
                    given -= back.amount();
                }
            }
        }
        return given;
    }

    /**
     * Reports the refund of what was reported beyond the amount that is left. A refund that has failed since is taken back at
     * vendors that receive the sum of a sale's refunds.
     *
     * @return {@link PaymentReason#REFUND_STAYS} if too much was reported as refunded
     */
    private @Nullable PaymentReason refund(Set<String> payment, List<Paid> paid, long left) {
        Map<String, Reported> sales = new LinkedHashMap<>();
        record.reported().forEach((sale, reported) -> {
            if (payment.contains(sale)
                    && paid.stream().noneMatch(one -> one.payment().equals(sale))) {
                sales.put(sale, reported);
            }
        });
        paid.forEach(one -> {
            Reported reported = record.reported().get(one.payment());
            if (reported != null) {
                sales.put(one.payment(), reported);
            }
        });
        long excess = sales.values().stream().mapToLong(Reported::left).sum() - left;
        long change = sales.values().stream()
                        .mapToLong(sale -> sale.amount() - sale.refundedInAll())
                        .sum()
                - left;
        for (Map.Entry<String, Reported> sale : sales.entrySet()) {
            Reported reported = sale.getValue();
            long part = Math.max(0, Math.min(excess, reported.left()));
            long ofSum =
                    Math.max(-reported.refundedInAll(), Math.min(change, reported.amount() - reported.refundedInAll()));
            if (part != 0 || ofSum != 0) {
                refund(sale.getKey(), reported, part, reported.refundedInAll() + ofSum);
                excess -= part;
                change -= ofSum;
            }
        }
        return excess < 0 ? PaymentReason.REFUND_STAYS : null;
    }

    /**
     * Reports a refund. Its id contains the sum of the refunds, so that it is the same if the report is repeated. A refund in full
     * has an amount too, because a vendor's answer to the sale, which contains the amount, may have been lost.
     *
     * @param part the amount that is added to the refunds of the sale
     * @param sum the sum of the sale's refunds; less than before if a refund has failed
     */
    private void refund(String sale, Reported reported, long part, long sum) {
        long refunded = reported.refunded() + part;
        int corrections = reported.corrections() + (part == 0 ? 1 : 0);
        String id = sale + "-refunded-" + refunded + (corrections == 0 ? "" : "-" + corrections + "-" + sum);
        String currency = reported.currency();
        if (!reported.withoutLead()) {
            reports.refund(new RefundRequest(reported.customerId(), sale, id, money(part, currency), null)
                    .withTotal(money(sum, currency), reported.lastRefund()));
        }
        record.reported()
                .put(
                        sale,
                        new Reported(
                                reported.customerId(),
                                currency,
                                reported.amount(),
                                refunded,
                                reported.withoutLead(),
                                refunded - sum,
                                corrections,
                                id));
    }

    /** Returns who has paid. A name for the payment or its subscription takes precedence over one for the provider's customer. */
    private @Nullable Payer payer(Set<String> payment, @Nullable String subscription) {
        List<String> payers = record.facts(PaidBy.class)
                .filter(by -> payment.contains(by.of()) || by.of().equals(subscription))
                .map(PaidBy::payer)
                .distinct()
                .toList();
        List<String> subscriptions = subscription == null ? List.of() : List.of(subscription);
        String guest = payers.isEmpty() ? payment.iterator().next() : payers.get(0);
        Payer payer = named(payment, guest);
        if (payer == null) {
            payer = named(subscriptions, guest);
        }
        if (payer == null) {
            payer = named(payers, guest);
        }
        for (Collection<String> scope : List.of(payment, subscriptions, payers)) {
            String email = payer == null ? latest(scope, Naming.EMAIL) : null;
            payer = email == null ? payer : new Payer(email, List.of());
        }
        return payer;
    }

    private @Nullable Payer named(Collection<String> scope, String guest) {
        for (Naming by : List.of(Naming.METADATA, Naming.REFERENCE)) {
            String customer = latest(scope, by);
            if (customer != null) {
                return new Payer(customer, List.of());
            }
        }
        List<Attribution> clicks = record.facts(CarriesClick.class)
                .filter(carries -> scope.contains(carries.of()))
                .map(CarriesClick::click)
                .distinct()
                .toList();
        return clicks.isEmpty() ? null : new Payer(guest, clicks);
    }

    private @Nullable String latest(Collection<String> scope, Naming by) {
        return record.timedFacts()
                .filter(timed -> timed.fact() instanceof CustomerNamed customer
                        && customer.by() == by
                        && scope.contains(customer.of()))
                .reduce((one, other) -> other.at().isAfter(one.at()) ? other : one)
                .map(timed -> ((CustomerNamed) timed.fact()).customerId())
                .orElse(null);
    }
}
