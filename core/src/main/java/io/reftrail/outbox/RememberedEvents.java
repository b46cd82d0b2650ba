package io.reftrail.outbox;

import io.reftrail.model.Attribution;
import io.reftrail.model.Outcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All events that are here, and what is left of the last ones that were settled. Guarded by the {@link InMemoryOutbox}. */
final class RememberedEvents {

    private record Rest(
            @Nullable Fingerprint customer,
            @Nullable Fingerprint predecessor,
            Attribution attribution,
            Instant occurredAt,
            @Nullable Outcome outcome) {}

    private final int remembered;
    private final Map<Fingerprint, WaitingEvent> present = new HashMap<>();
    private final Map<Fingerprint, Rest> settled = new LinkedHashMap<>();

    /** @param remembered how many settled events are remembered; the oldest go first */
    RememberedEvents(int remembered) {
        this.remembered = remembered;
    }

    boolean contains(Fingerprint key) {
        return present.containsKey(key) || settled.containsKey(key);
    }

    /** Whether the event of this key is here and not dead. */
    boolean isWaiting(Fingerprint key) {
        WaitingEvent event = present.get(key);
        return event != null && !event.isDead();
    }

    void add(WaitingEvent event) {
        present.put(event.fingerprint, event);
    }

    /** @param outcome {@code null} if the event was discarded */
    void settle(WaitingEvent event, @Nullable Outcome outcome) {
        present.remove(event.fingerprint);
        Attribution said = outcome == null ? null : outcome.attribution();
        Attribution attribution = said == null ? event.event.attribution() : said;
        settled.put(
                event.fingerprint,
                new Rest(event.customer, event.predecessor, attribution, event.event.occurredAt(), outcome));
        if (settled.size() > remembered) {
            settled.remove(settled.keySet().iterator().next());
        }
    }

    @Nullable
    LedgerEntry find(Fingerprint key) {
        WaitingEvent event = present.get(key);
        if (event != null) {
            return new LedgerEntry(event.event.attribution(), event.event.occurredAt(), null, event.deathReason());
        }
        Rest rest = settled.get(key);
        if (rest == null) {
            return null;
        }
        Outcome outcome = rest.outcome();
        return new LedgerEntry(
                rest.attribution(),
                rest.occurredAt(),
                outcome == null ? null : outcome.verdict(),
                outcome == null ? null : outcome.reason());
    }

    /** Forgets a customer whose events are all settled, or were {@linkplain #remove removed}. */
    int forget(Fingerprint customer, Set<Fingerprint> followed) {
        int before = settled.size();
        settled.entrySet()
                .removeIf(entry -> customer.equals(entry.getValue().customer()) || followed.contains(entry.getKey()));
        return before - settled.size();
    }

    /** The keys of what a customer's events follow: clicks, and events of the customer's own. */
    Set<Fingerprint> followedBy(Fingerprint customer) {
        Set<Fingerprint> followed = new HashSet<>();
        for (WaitingEvent event : present.values()) {
            if (customer.equals(event.customer) && event.predecessor != null) {
                followed.add(event.predecessor);
            }
        }
        for (Rest rest : settled.values()) {
            if (customer.equals(rest.customer()) && rest.predecessor() != null) {
                followed.add(rest.predecessor());
            }
        }
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
