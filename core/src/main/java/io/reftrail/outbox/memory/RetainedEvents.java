package io.reftrail.outbox.memory;

import io.reftrail.model.Attribution;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.outbox.CustomerEvent;
import io.reftrail.outbox.LedgerEntry;
import io.reftrail.outbox.Withheld;
import io.reftrail.outbox.internal.Fingerprint;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The events of an {@link InMemoryOutbox}, which guards it: all that wait, are withheld or are dead, and ledger entries of those
 * that were settled last. Clicks have room of their own, so that many clicks do not displace the events of customers.
 */
final class RetainedEvents {

    private final Map<Fingerprint, WaitingEvent> present = new HashMap<>();
    private final Map<Fingerprint, Settled> clicks;
    private final Map<Fingerprint, Settled> customers;

    /** A settled event, without its personal data. */
    private record Settled(
            @Nullable Fingerprint customer,
            @Nullable Fingerprint predecessor,
            Attribution attribution,
            Event.Type type,
            boolean confirms,
            Instant occurredAt,
            int attempts,
            @Nullable Outcome outcome,
            boolean declined,
            @Nullable String reason,
            Instant settledAt) {

        LedgerEntry entry() {
            return new LedgerEntry(
                    attribution,
                    occurredAt,
                    outcome == null ? null : outcome.verdict(),
                    reason,
                    declined ? Withheld.DECLINED : null);
        }

        private CustomerEvent.State state() {
            if (declined) {
                return CustomerEvent.State.DECLINED;
            }
            return outcome == null ? CustomerEvent.State.DISCARDED : CustomerEvent.State.SETTLED;
        }

        CustomerEvent toCustomerEvent() {
            return new CustomerEvent(
                    attribution.backend(),
                    type,
                    confirms,
                    attribution,
                    occurredAt,
                    state(),
                    attempts,
                    outcome == null ? null : outcome.verdict(),
                    reason,
                    settledAt,
                    null);
        }
    }

    /** A map that drops its oldest entries. */
    static final class Latest<K, V> extends LinkedHashMap<K, V> {

        private static final long serialVersionUID = 1;

        private final int capacity;

        Latest(int capacity) {
            this.capacity = capacity;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > capacity;
        }
    }

    /** @param capacity the number of settled events of customers, and that of settled clicks */
    RetainedEvents(int capacity) {
        this.clicks = new Latest<>(capacity);
        this.customers = new Latest<>(capacity);
    }

    boolean contains(Fingerprint key) {
        return present.containsKey(key) || customers.containsKey(key) || clicks.containsKey(key);
    }

    /** Returns whether the events that follow the event of this key have to wait, because it waits itself or is held. */
    boolean isWaiting(Fingerprint key) {
        WaitingEvent event = present.get(key);
        return event != null && !event.isDead() && event.withheld() != Withheld.DECLINED;
    }

    /** Resets the age of the waiting events that follow the event of this key. */
    void rejuvenateFollowers(Fingerprint key, Instant now) {
        for (WaitingEvent event : present.values()) {
            if (key.equals(event.predecessor) && !event.isDead() && event.withheld() == null) {
                event.rejuvenate(now);
                rejuvenateFollowers(event.fingerprint, now);
            }
        }
    }

    /** Returns the event of this key, or {@code null} if it is settled or unknown. */
    @Nullable
    WaitingEvent present(Fingerprint key) {
        return present.get(key);
    }

    void add(WaitingEvent event) {
        present.put(event.fingerprint, event);
    }

    /** @param outcome {@code null} if the event was discarded */
    void settle(WaitingEvent event, @Nullable Outcome outcome, Instant now) {
        boolean afterRetry =
                outcome != null && outcome.verdict() == Outcome.Verdict.RECORDED && event.lastFailure() != null;
        settle(event, outcome, false, outcome == null || afterRetry ? event.lastFailure() : outcome.reason(), now);
    }

    /** @param reason the reason why the event is not sent */
    void decline(WaitingEvent event, @Nullable String reason, Instant now) {
        settle(event, null, true, reason, now);
    }

    private void settle(
            WaitingEvent event, @Nullable Outcome outcome, boolean declined, @Nullable String reason, Instant now) {
        present.remove(event.fingerprint);
        Attribution answered = outcome == null ? null : outcome.attribution();
        Attribution attribution = answered == null ? event.event.attribution() : answered;
        (event.customer == null ? clicks : customers)
                .put(
                        event.fingerprint,
                        new Settled(
                                event.customer,
                                event.predecessor,
                                attribution,
                                event.event.type(),
                                event.confirms(),
                                event.event.occurredAt(),
                                event.attempts,
                                outcome,
                                declined,
                                reason,
                                now));
    }

    /** Returns the events of a customer and those that they follow. */
    List<CustomerEvent> history(Fingerprint customer) {
        Set<Fingerprint> followed = followedBy(customer);
        Stream<CustomerEvent> waiting = of(customer, followed).stream().map(WaitingEvent::toCustomerEvent);
        Stream<CustomerEvent> settled = customers.values().stream()
                .filter(event -> customer.equals(event.customer()))
                .map(Settled::toCustomerEvent);
        Stream<CustomerEvent> settledClicks = followed.stream()
                .flatMap(key -> Stream.ofNullable(clicks.get(key)).map(Settled::toCustomerEvent));
        return Stream.of(waiting, settled, settledClicks)
                .flatMap(events -> events)
                .sorted(Comparator.comparing(CustomerEvent::occurredAt))
                .toList();
    }

    @Nullable
    LedgerEntry find(Fingerprint key) {
        WaitingEvent event = present.get(key);
        if (event != null) {
            Withheld withheld = event.withheld();
            return new LedgerEntry(
                    event.event.attribution(),
                    event.event.occurredAt(),
                    null,
                    withheld == null ? event.deathReason() : event.lastFailure(),
                    withheld);
        }
        Settled customer = customers.get(key);
        Settled settled = customer == null ? clicks.get(key) : customer;
        return settled == null ? null : settled.entry();
    }

    /** Returns the keys that only this customer's events follow: clicks, and events of the customer. */
    Set<Fingerprint> followedBy(Fingerprint customer) {
        Stream<Fingerprint> waiting = present.values().stream()
                .filter(event -> customer.equals(event.customer))
                .flatMap(event -> Stream.ofNullable(event.predecessor));
        Stream<Fingerprint> settled = customers.values().stream()
                .filter(event -> customer.equals(event.customer()))
                .flatMap(event -> Stream.ofNullable(event.predecessor()));
        Set<Fingerprint> followed = Stream.concat(waiting, settled).collect(Collectors.toSet());
        present.values().stream()
                .filter(event -> event.customer != null && !customer.equals(event.customer))
                .forEach(event -> followed.remove(event.predecessor));
        customers.values().stream()
                .filter(event -> !customer.equals(event.customer()))
                .forEach(event -> followed.remove(event.predecessor()));
        return followed;
    }

    /** Returns the events of a customer that wait, are withheld or are dead, and those that they follow. */
    List<WaitingEvent> of(Fingerprint customer, Set<Fingerprint> followed) {
        return present.values().stream()
                .filter(event -> customer.equals(event.customer) || followed.contains(event.fingerprint))
                .toList();
    }

    /** Returns the settled events of a customer and those that they follow. */
    List<LedgerEntry> settled(Fingerprint customer, Set<Fingerprint> followed) {
        Stream<Settled> own = customers.values().stream().filter(event -> customer.equals(event.customer()));
        Stream<Settled> before = followed.stream().flatMap(key -> Stream.ofNullable(clicks.get(key)));
        return Stream.concat(own, before).map(Settled::entry).toList();
    }

    void remove(WaitingEvent event) {
        present.remove(event.fingerprint);
    }

    /** Removes the settled events of a customer and those that they follow, and returns their number. */
    int forget(Fingerprint customer, Set<Fingerprint> followed) {
        int before = customers.size() + clicks.size();
        customers
                .entrySet()
                .removeIf(entry -> customer.equals(entry.getValue().customer()) || followed.contains(entry.getKey()));
        clicks.keySet().removeAll(followed);
        return before - customers.size() - clicks.size();
    }
}
