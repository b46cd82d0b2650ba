package io.reftrail.payments;

import io.reftrail.PaymentReason;
import io.reftrail.RefundRequest;
import io.reftrail.model.Attribution;
import io.reftrail.model.Money;
import io.reftrail.model.Payment;
import io.reftrail.payments.PayerRecord.Reported;
import io.reftrail.payments.PayerRecord.TimedFact;
import io.reftrail.payments.PaymentFact.CarriesClick;
import io.reftrail.payments.PaymentFact.CarriesCoupon;
import io.reftrail.payments.PaymentFact.CustomerNamed;
import io.reftrail.payments.PaymentFact.Naming;
import io.reftrail.payments.PaymentFact.Paid;
import io.reftrail.payments.PaymentFact.PaidBy;
import io.reftrail.payments.PaymentFact.RefundTotal;
import io.reftrail.payments.PaymentFact.Reversal;
import io.reftrail.payments.PaymentFact.Source;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The reconciliation of a payer's record: what follows from the facts, minus what was reported. It reports the difference and notes
 * it in the record, so a second reconciliation of the same facts reports nothing. The sales and refunds of a payment add up to what
 * was paid less what was given back.
 */
final class Reconciliation {

    /** The receiver of the difference. */
    interface Reports {

        /** Reports somebody without an account as a lead. */
        void lead(Attribution click, String customerId, Instant at);

        /** Reports the customer as a lead of a coupon's partner, if the coupon has one, and returns whether that was done. */
        boolean lead(String coupon, String customerId);

        /** Reports a sale, and returns whether any backend has the customer's lead. */
        boolean sale(Payment payment);

        void refund(RefundRequest refund);
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

    /** Who has paid, and the click of somebody without an account. */
    private record Payer(String customerId, List<Attribution> clicks) {}

    /**
     * Reconciles all payments of the payer.
     *
     * @param touched the ids in the delivery that is the reason for this
     * @return what is to be noted about the payments that the delivery is about, and that are no sale
     */
    Set<PaymentReason> reconcile(Set<String> touched) {
        Set<PaymentReason> notes = EnumSet.noneOf(PaymentReason.class);
        for (Set<String> payment : record.payments()) {
            PaymentReason note = reconcilePayment(payment);
            if (note != null && payment.stream().anyMatch(touched::contains)) {
                notes.add(note);
            }
        }
        return notes;
    }

    /** Returns the application's id of the customer, of several the one who has paid last, or {@code null} if unknown. */
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
     */
    private void credit(Set<String> payment, @Nullable String subscription, String customer) {
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
                record.reported()
                        .entrySet()
                        .removeIf(sale -> payment.contains(sale.getKey())
                                && sale.getValue().withoutLead());
            }
        }
    }

    /** Returns what tells best of a payment: its invoices, of which it may pay several, otherwise the checkout, otherwise the transfer. */
    private List<Paid> bestSource(Set<String> payment) {
        List<Paid> all = record.facts(Paid.class)
                .filter(paid -> payment.contains(paid.payment()))
                .toList();
        Source best = all.stream().map(Paid::source).max(Source::compareTo).orElse(Source.TRANSFER);
        return all.stream().filter(paid -> paid.source() == best).toList();
    }

    private long basis(Paid paid) {
        return basis == PaymentAmount.GROSS
                ? paid.amount()
                : paid.amount() - Math.max(0, Math.min(paid.tax(), paid.amount()));
    }

    /** Returns whether all sales of the payment are reported, by this call or before. */
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
        boolean known = record.reported().values().stream()
                .anyMatch(before -> before.customerId().equals(customer));
        Instant at = Objects.requireNonNull(record.find(paid)).at();
        if (!known) {
            payer.clicks().forEach(click -> reports.lead(click, customer, at));
        }
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
        record.reported().put(paid.payment(), new Reported(customer, paid.currency(), basis(paid), 0, !credited));
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

    /** Returns what was given back, with tax. A sum of the provider's includes the refunds that were made until then. */
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
     * Reports as refunded what was reported beyond the amount that is left.
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
        for (Map.Entry<String, Reported> sale : sales.entrySet()) {
            long part = Math.min(excess, sale.getValue().left());
            if (part > 0) {
                refund(sale.getKey(), sale.getValue(), part);
                excess -= part;
            }
        }
        return excess < 0 ? PaymentReason.REFUND_STAYS : null;
    }

    /**
     * The id tells how much is refunded in all, so that it is the same if the report is repeated. The amount is named in a refund in
     * full too: a vendor's answer to the sale, which would tell it, may have been lost.
     */
    private void refund(String sale, Reported reported, long part) {
        long inAll = reported.refunded() + part;
        if (!reported.withoutLead()) {
            reports.refund(new RefundRequest(
                    reported.customerId(), sale, sale + "-refunded-" + inAll, money(part, reported.currency()), null));
        }
        record.reported().put(sale, reported.refund(part));
    }

    /** Returns who has paid: what names the payment or its subscription counts more than what was learnt of the customer. */
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
