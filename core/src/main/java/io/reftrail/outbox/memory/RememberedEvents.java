package io.reftrail.outbox.memory;

import io.reftrail.model.Outcome;
import io.reftrail.outbox.LedgerEntry;
import io.reftrail.outbox.internal.Fingerprint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All events that are here, and what is left of the last ones that were settled. Clicks are remembered apart, so that many
 * visitors never make a customer forgotten. Guarded by the {@link InMemoryOutbox}.
 */
final class RememberedEvents {

    private final Map<Fingerprint, WaitingEvent> present = new HashMap<>();
    private final SettledEvents clicks;
    private final SettledEvents customers;

    /** @param remembered how many settled events of customers, and of others, are remembered; the oldest go first */
    RememberedEvents(int remembered) {
        this.clicks = new SettledEvents(remembered);
        this.customers = new SettledEvents(remembered);
    }

    boolean contains(Fingerprint key) {
        return present.containsKey(key) || customers.contains(key) || clicks.contains(key);
    }

    /** Whether the event of this key is here and not dead. */
    boolean isWaiting(Fingerprint key) {
        WaitingEvent event = present.get(key);
        return event != null && !event.isDead();
    }

    /** Returns the event of this key if it is here, dead or not. */
    @Nullable
    WaitingEvent present(Fingerprint key) {
        return present.get(key);
    }

    void add(WaitingEvent event) {
        present.put(event.fingerprint, event);
    }

    /** @param outcome {@code null} if the event was discarded */
    void settle(WaitingEvent event, @Nullable Outcome outcome) {
        present.remove(event.fingerprint);
        (event.customer == null ? clicks : customers).add(event, outcome);
    }

    @Nullable
    LedgerEntry find(Fingerprint key) {
        WaitingEvent event = present.get(key);
        if (event != null) {
            return new LedgerEntry(event.event.attribution(), event.event.occurredAt(), null, event.deathReason());
        }
        LedgerEntry entry = customers.find(key);
        return entry == null ? clicks.find(key) : entry;
    }

    /** Forgets a customer whose events are all settled, or were {@linkplain #remove removed}. */
    int forget(Fingerprint customer, Set<Fingerprint> followed) {
        return customers.forget(customer, followed) + clicks.forget(customer, followed);
    }

    /** The keys of what only a customer's own events follow: clicks, and events of the customer's own. */
    Set<Fingerprint> followedBy(Fingerprint customer) {
        Stream<Fingerprint> here = present.values().stream()
                .filter(event -> customer.equals(event.customer))
                .flatMap(event -> Stream.ofNullable(event.predecessor));
        Set<Fingerprint> followed =
                Stream.concat(here, customers.followedBy(customer)).collect(Collectors.toSet());
        present.values().stream()
                .filter(event -> event.customer != null && !customer.equals(event.customer))
                .forEach(event -> followed.remove(event.predecessor));
        customers.followedByOthers(customer).forEach(followed::remove);
        return followed;
    }

    /** The events of a customer that are here and those that they follow, dead ones included. */
    List<WaitingEvent> of(Fingerprint customer, Set<Fingerprint> followed) {
        return present.values().stream()
                .filter(event -> customer.equals(event.customer) || followed.contains(event.fingerprint))
                .toList();
    }

    void remove(WaitingEvent event) {
        present.remove(event.fingerprint);
    }
}
