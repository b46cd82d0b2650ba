package io.reftrail.outbox;

import io.reftrail.model.Attribution;
import io.reftrail.model.Outcome.Verdict;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All events that are here, and what is left of the last ones that were settled. Guarded by the {@link InMemoryOutbox}. */
final class RememberedEvents {

    private record Rest(
            @Nullable Fingerprint customer,
            Attribution attribution,
            Instant occurredAt,
            @Nullable Verdict verdict) {}

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

    void settle(WaitingEvent event, @Nullable Verdict verdict) {
        present.remove(event.fingerprint);
        settled.put(
                event.fingerprint,
                new Rest(event.customer, event.event.attribution(), event.event.occurredAt(), verdict));
        if (settled.size() > remembered) {
            settled.remove(settled.keySet().iterator().next());
        }
    }

    @Nullable
    LedgerEntry find(Fingerprint key) {
        WaitingEvent event = present.get(key);
        if (event != null) {
            return new LedgerEntry(event.event.attribution(), event.event.occurredAt(), null);
        }
        Rest rest = settled.get(key);
        return rest == null ? null : new LedgerEntry(rest.attribution(), rest.occurredAt(), rest.verdict());
    }

    /** Forgets a customer whose events are all settled, or were {@linkplain #remove removed}. */
    int forget(Fingerprint customer) {
        int before = settled.size();
        settled.values().removeIf(rest -> customer.equals(rest.customer()));
        return before - settled.size();
    }

    /** The events of a customer that are here, dead ones included. */
    List<WaitingEvent> of(Fingerprint customer) {
        return present.values().stream()
                .filter(event -> customer.equals(event.customer))
                .toList();
    }

    void remove(WaitingEvent event) {
        present.remove(event.fingerprint);
    }
}
