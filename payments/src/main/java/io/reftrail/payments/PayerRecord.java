package io.reftrail.payments;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.reftrail.payments.PaymentFact.Awaited;
import io.reftrail.payments.PaymentFact.CarriesClick;
import io.reftrail.payments.PaymentFact.CarriesCoupon;
import io.reftrail.payments.PaymentFact.CustomerNamed;
import io.reftrail.payments.PaymentFact.Paid;
import io.reftrail.payments.PaymentFact.PaidBy;
import io.reftrail.payments.PaymentFact.RefundTotal;
import io.reftrail.payments.PaymentFact.Reversal;
import io.reftrail.payments.PaymentFact.SamePayment;
import io.reftrail.payments.PaymentFact.SubscriptionEnded;
import io.reftrail.payments.PaymentFact.TrialStarted;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The record of one payer: a set of facts, and the sales that were reported. Of two facts about the same thing the later one stays,
 * so the set does not depend on the order in which facts arrive. Not thread-safe.
 */
final class PayerRecord {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .addMixIn(PaymentFact.class, Typed.class)
            .build();

    /** The stored names of the facts. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = SamePayment.class, name = "same"),
        @JsonSubTypes.Type(value = PaidBy.class, name = "payer"),
        @JsonSubTypes.Type(value = Paid.class, name = "paid"),
        @JsonSubTypes.Type(value = Awaited.class, name = "awaited"),
        @JsonSubTypes.Type(value = RefundTotal.class, name = "refunded"),
        @JsonSubTypes.Type(value = Reversal.class, name = "back"),
        @JsonSubTypes.Type(value = CustomerNamed.class, name = "customer"),
        @JsonSubTypes.Type(value = CarriesClick.class, name = "click"),
        @JsonSubTypes.Type(value = CarriesCoupon.class, name = "coupon"),
        @JsonSubTypes.Type(value = TrialStarted.class, name = "trial"),
        @JsonSubTypes.Type(value = SubscriptionEnded.class, name = "ended")
    })
    private interface Typed {}

    /** A fact and the time from which it holds. */
    record TimedFact(Instant at, PaymentFact fact) {

        private static final Comparator<TimedFact> LATER = Comparator.comparing(TimedFact::isLast)
                .thenComparing(TimedFact::at)
                .thenComparingLong(TimedFact::amount)
                .thenComparing(timed -> MAPPER.writeValueAsString(timed.fact()));

        private boolean isLast() {
            return fact instanceof Reversal back && back.last();
        }

        /** Of several sums of refunds within one second, the greatest counts. */
        private long amount() {
            return fact instanceof RefundTotal all ? all.amount() : 0;
        }

        TimedFact orLater(TimedFact other) {
            return LATER.compare(this, other) >= 0 ? this : other;
        }
    }

    /**
     * A reported sale.
     *
     * @param customerId the customer it was reported for
     * @param currency the ISO 4217 code
     * @param amount its amount in minor units
     * @param refunded the sum of the refunds that were reported
     * @param withoutLead whether no backend has the customer's lead, so that its refunds are not reported either
     * @param takenBack the part of {@code refunded} that was taken back, because refunds have failed; negative if another sale of the
     *     same payment had the refund before
     * @param corrections the number of changes of {@code takenBack} alone
     * @param lastRefund the id of the last refund that was reported
     */
    record Reported(
            String customerId,
            String currency,
            long amount,
            long refunded,
            boolean withoutLead,
            long takenBack,
            int corrections,
            @Nullable String lastRefund) {

        static Reported sale(String customerId, String currency, long amount, boolean withoutLead) {
            return new Reported(customerId, currency, amount, 0, withoutLead, 0, 0, null);
        }

        /** Returns the rest of the sale at vendors that add refunds up. */
        long left() {
            return amount - refunded;
        }

        /** Returns the refunded part of the sale at vendors that receive the sum of refunds. */
        long refundedInAll() {
            return refunded - takenBack;
        }
    }

    private record Stored(
            List<TimedFact> facts,
            Map<String, Reported> reported,
            @Nullable Set<String> coupons,
            @Nullable Set<String> changes) {}

    private final Map<String, TimedFact> facts = new TreeMap<>();

    /** By the id of the sale. */
    private final Map<String, Reported> reported = new TreeMap<>();

    /** Coupons that were examined, each with its customer. */
    private final Set<String> coupons = new TreeSet<>();

    /** Reported changes of subscriptions: "trial" or "ended", and the subscription. */
    private final Set<String> changes = new TreeSet<>();

    /** Reads what {@link #write} has returned; several records become one. */
    static PayerRecord of(Collection<String> records) {
        PayerRecord all = new PayerRecord();
        for (String record : records) {
            Stored stored = MAPPER.readValue(record, Stored.class);
            stored.facts().forEach(all::add);
            all.reported.putAll(stored.reported());
            if (stored.coupons() != null) {
                all.coupons.addAll(stored.coupons());
            }
            if (stored.changes() != null) {
                all.changes.addAll(stored.changes());
            }
        }
        return all;
    }

    String write() {
        return MAPPER.writeValueAsString(new Stored(
                List.copyOf(facts.values()),
                reported,
                coupons.isEmpty() ? null : coupons,
                changes.isEmpty() ? null : changes));
    }

    /** Adds a fact and returns whether it changes the record. */
    boolean add(TimedFact timed) {
        String about = about(timed.fact());
        TimedFact known = facts.get(about);
        TimedFact latest = known == null ? timed : known.orLater(timed);
        facts.put(about, latest);
        return !latest.equals(known);
    }

    /** Returns the key of the thing that a fact is about. Keys of different kinds of facts differ. */
    private static String about(PaymentFact fact) {
        List<String> parts;
        if (fact instanceof SamePayment same) {
            parts = List.of("same", min(same.one(), same.other()), max(same.one(), same.other()));
        } else if (fact instanceof PaidBy by) {
            parts = List.of("payer", by.of(), by.payer());
        } else if (fact instanceof Paid paid) {
            parts = List.of("paid", paid.payment(), paid.source().name());
        } else if (fact instanceof Awaited awaited) {
            parts = List.of("awaited", awaited.payment());
        } else if (fact instanceof RefundTotal all) {
            parts = List.of("refunded", all.charge());
        } else if (fact instanceof Reversal back) {
            parts = List.of("back", back.id());
        } else if (fact instanceof CustomerNamed customer) {
            parts = List.of("customer", customer.of(), customer.by().name());
        } else if (fact instanceof CarriesClick carries) {
            parts = List.of("click", carries.of(), carries.click().backend());
        } else if (fact instanceof CarriesCoupon carries) {
            parts = List.of("coupon", carries.of(), carries.coupon());
        } else if (fact instanceof TrialStarted trial) {
            parts = List.of("trial", trial.subscription());
        } else {
            parts = List.of("ended", ((SubscriptionEnded) fact).subscription());
        }
        return String.join("\n", parts);
    }

    private static String min(String one, String other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static String max(String one, String other) {
        return one.compareTo(other) <= 0 ? other : one;
    }

    /** Returns the ids that a fact mentions, all of which name this payer. */
    static Set<String> ids(PaymentFact fact) {
        if (fact instanceof SamePayment same) {
            return Set.of(min(same.one(), same.other()), max(same.one(), same.other()));
        } else if (fact instanceof PaidBy by) {
            return Set.of(by.of(), by.payer());
        } else if (fact instanceof Paid paid) {
            String subscription = paid.subscription();
            return subscription == null ? Set.of(paid.payment()) : Set.of(paid.payment(), subscription);
        } else if (fact instanceof Awaited awaited) {
            return Set.of(awaited.payment());
        } else if (fact instanceof RefundTotal all) {
            return Set.of(all.charge());
        } else if (fact instanceof Reversal back) {
            return Set.of(back.payment());
        } else if (fact instanceof CustomerNamed customer) {
            return Set.of(customer.of());
        } else if (fact instanceof CarriesClick carries) {
            return Set.of(carries.of());
        } else if (fact instanceof CarriesCoupon carries) {
            return Set.of(carries.of());
        } else if (fact instanceof TrialStarted trial) {
            return Set.of(trial.subscription());
        } else {
            return Set.of(((SubscriptionEnded) fact).subscription());
        }
    }

    /** Returns the reported sales, by their ids. */
    Map<String, Reported> reported() {
        return reported;
    }

    /** Stores that a coupon of a customer is examined, and returns whether it was not before. */
    boolean examine(String coupon, String customerId) {
        return coupons.add(coupon + "\n" + customerId);
    }

    /** Stores that the beginning of a trial is reported, and returns whether it was not before. */
    boolean beginTrial(String subscription) {
        return changes.add("trial\n" + subscription);
    }

    /** Stores that the end of a subscription is reported, and returns whether it was not before. */
    boolean end(String subscription) {
        return changes.add("ended\n" + subscription);
    }

    <F extends PaymentFact> Stream<F> facts(Class<F> kind) {
        return facts.values().stream()
                .map(TimedFact::fact)
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    Stream<TimedFact> timedFacts() {
        return facts.values().stream();
    }

    @Nullable
    TimedFact find(PaymentFact about) {
        return facts.get(about(about));
    }

    /**
     * Returns the payments: ids that name the same one, in the order of their latest facts.
     *
     * @see PaymentFact.SamePayment
     */
    List<Set<String>> payments() {
        Map<String, Set<String>> groups = new TreeMap<>();
        facts(Paid.class).forEach(paid -> group(groups, paid.payment()));
        facts(RefundTotal.class).forEach(all -> group(groups, all.charge()));
        facts(Reversal.class).forEach(back -> group(groups, back.payment()));
        facts(SamePayment.class).forEach(same -> {
            Set<String> one = group(groups, same.one());
            Set<String> other = group(groups, same.other());
            if (one != other) {
                one.addAll(other);
                other.forEach(id -> groups.put(id, one));
            }
        });
        Map<String, Instant> latest = new TreeMap<>();
        timedFacts()
                .forEach(timed -> ids(timed.fact()).forEach(id -> latest.merge(id, timed.at(), PayerRecord::later)));
        return groups.values().stream()
                .distinct()
                .sorted(Comparator.comparing((Set<String> group) ->
                                group.stream().map(latest::get).reduce(Instant.EPOCH, PayerRecord::later))
                        .thenComparing(group -> String.join("\n", group)))
                .toList();
    }

    private static Set<String> group(Map<String, Set<String>> groups, String id) {
        return groups.computeIfAbsent(id, absent -> new TreeSet<>(Set.of(id)));
    }

    private static Instant later(@Nullable Instant one, @Nullable Instant other) {
        Instant first = one == null ? Instant.EPOCH : one;
        return other == null || first.isAfter(other) ? first : other;
    }

    /**
     * Removes the oldest payments, and keeps the given number of the latest ones.
     *
     * @return their ids
     */
    Set<String> keep(int most) {
        List<Set<String>> payments = payments();
        Set<String> dropped = new TreeSet<>();
        payments.subList(0, Math.max(0, payments.size() - most)).forEach(dropped::addAll);
        if (!dropped.isEmpty()) {
            facts.values().removeIf(timed -> isAbout(timed.fact(), dropped));
            reported.keySet().removeAll(dropped);
        }
        return dropped;
    }

    private static boolean isAbout(PaymentFact fact, Set<String> payments) {
        return ids(fact).stream().anyMatch(payments::contains);
    }
}
