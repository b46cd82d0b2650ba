package io.reftrail.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The events of one backend that wait or are leased. Guarded by the {@link InMemoryOutbox}. */
final class EventQueue {

    private final PriorityQueue<WaitingEvent> waiting = new PriorityQueue<>(WaitingEvent.DUE_FIRST);
    private final Map<String, WaitingEvent> leased = new HashMap<>();

    void add(WaitingEvent event) {
        waiting.add(event);
    }

    /**
     * @param ready which events may be sent by now as far as others are concerned
     * @param ledger what is known of those that they follow
     */
    List<Claim> claim(
            Instant now,
            int limit,
            Duration lease,
            Predicate<WaitingEvent> ready,
            Function<Fingerprint, @Nullable LedgerEntry> ledger) {
        reclaim(now);
        List<Claim> claims = new ArrayList<>();
        List<WaitingEvent> blocked = new ArrayList<>();
        for (WaitingEvent event = waiting.peek(); event != null && claims.size() < limit; event = waiting.peek()) {
            if (event.due.isAfter(now)) {
                break;
            }
            waiting.remove();
            if (ready.test(event)) {
                leased.put(event.id, event);
                claims.add(event.lease(now, lease, ledger));
            } else {
                blocked.add(event);
            }
        }
        waiting.addAll(blocked);
        return claims;
    }

    private void reclaim(Instant now) {
        List<WaitingEvent> expired = leased.values().stream()
                .filter(event -> !event.due.isAfter(now))
                .toList();
        expired.forEach(event -> waiting.add(leased.remove(event.id)));
    }

    /** Removes the claimed event and returns it, also if its lease has run out and it waits for somebody else. */
    @Nullable
    WaitingEvent take(Claim claim) {
        WaitingEvent event = leased.get(claim.id());
        if (event != null) {
            return event.isLeasedTo(claim) ? leased.remove(event.id) : null;
        }
        WaitingEvent late = waiting.stream()
                .filter(other -> other.isLeasedTo(claim))
                .findFirst()
                .orElse(null);
        return waiting.remove(late) ? late : null;
    }

    /** When an event becomes due or a lease ends, or {@code null} if there is none. */
    @Nullable
    Instant nextDue() {
        return Stream.concat(Stream.ofNullable(waiting.peek()), leased.values().stream())
                .map(event -> event.due)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    void remove(WaitingEvent event) {
        if (leased.remove(event.id) == null) {
            waiting.remove(event);
        }
    }

    Backlog backlog(Instant now, long dead) {
        Duration oldest = Stream.concat(waiting.stream(), leased.values().stream())
                .map(event -> event.age(now))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        return new Backlog(waiting.size() + leased.size(), oldest, dead);
    }
}
