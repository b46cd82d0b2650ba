package io.reftrail.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The events of one backend that wait or are leased. Guarded by the {@link InMemoryOutbox}. */
final class EventQueue {

    private final PriorityQueue<WaitingEvent> waiting = new PriorityQueue<>(WaitingEvent.DUE_FIRST);
    private final Map<String, WaitingEvent> leased = new HashMap<>();

    void add(WaitingEvent event) {
        waiting.add(event);
    }

    List<Claim> claim(Instant now, int limit, Duration lease) {
        reclaim(now);
        List<Claim> claims = new ArrayList<>();
        for (WaitingEvent event = waiting.peek(); event != null && claims.size() < limit; event = waiting.peek()) {
            if (event.due.isAfter(now)) {
                break;
            }
            leased.put(event.id, waiting.remove());
            claims.add(event.lease(now, lease));
        }
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

    int size() {
        return waiting.size() + leased.size();
    }
}
