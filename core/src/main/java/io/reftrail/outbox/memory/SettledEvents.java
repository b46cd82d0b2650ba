package io.reftrail.outbox.memory;

import io.reftrail.model.Attribution;
import io.reftrail.model.Outcome;
import io.reftrail.outbox.LedgerEntry;
import io.reftrail.outbox.internal.Fingerprint;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is left of the last events that were settled in memory. Guarded by the {@link InMemoryOutbox}. */
final class SettledEvents {

    private record Rest(
            @Nullable Fingerprint customer,
            @Nullable Fingerprint predecessor,
            Attribution attribution,
            Instant occurredAt,
            @Nullable Outcome outcome) {

        LedgerEntry entry() {
            return new LedgerEntry(
                    attribution,
                    occurredAt,
                    outcome == null ? null : outcome.verdict(),
                    outcome == null ? null : outcome.reason());
        }
    }

    private final int remembered;
    private final Map<Fingerprint, Rest> rests = new LinkedHashMap<>();

    /** @param remembered how many are remembered; the oldest go first */
    SettledEvents(int remembered) {
        this.remembered = remembered;
    }

    boolean contains(Fingerprint key) {
        return rests.containsKey(key);
    }

    /** @param outcome {@code null} if the event was discarded */
    void add(WaitingEvent event, @Nullable Outcome outcome) {
        Attribution said = outcome == null ? null : outcome.attribution();
        Attribution attribution = said == null ? event.event.attribution() : said;
        rests.put(
                event.fingerprint,
                new Rest(event.customer, event.predecessor, attribution, event.event.occurredAt(), outcome));
        if (rests.size() > remembered) {
            rests.remove(rests.keySet().iterator().next());
        }
    }

    @Nullable
    LedgerEntry find(Fingerprint key) {
        Rest rest = rests.get(key);
        return rest == null ? null : rest.entry();
    }

    Stream<Fingerprint> followedBy(Fingerprint customer) {
        return rests.values().stream()
                .filter(rest -> customer.equals(rest.customer()))
                .flatMap(rest -> Stream.ofNullable(rest.predecessor()));
    }

    Stream<Fingerprint> followedByOthers(Fingerprint customer) {
        return rests.values().stream()
                .filter(rest -> rest.customer() != null && !customer.equals(rest.customer()))
                .flatMap(rest -> Stream.ofNullable(rest.predecessor()));
    }

    /** Returns how many events were forgotten. */
    int forget(Fingerprint customer, Set<Fingerprint> followed) {
        int before = rests.size();
        rests.entrySet()
                .removeIf(entry -> customer.equals(entry.getValue().customer()) || followed.contains(entry.getKey()));
        return before - rests.size();
    }
}
