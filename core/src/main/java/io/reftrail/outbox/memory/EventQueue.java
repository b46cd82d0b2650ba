package io.reftrail.outbox.memory;

import io.reftrail.outbox.Backlog;
import io.reftrail.outbox.Claim;
import io.reftrail.outbox.LedgerEntry;
import io.reftrail.outbox.internal.Fingerprint;
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

/** The waiting and the leased events of one backend. Guarded by the {@link InMemoryOutbox}. */
final class EventQueue {

    private final PriorityQueue<WaitingEvent> customers = new PriorityQueue<>(WaitingEvent.DUE_FIRST);
    private final PriorityQueue<WaitingEvent> clicks = new PriorityQueue<>(WaitingEvent.DUE_FIRST);
    private final Map<String, WaitingEvent> leased = new HashMap<>();

    void add(WaitingEvent event) {
        queueOf(event).add(event);
    }

    private PriorityQueue<WaitingEvent> queueOf(WaitingEvent event) {
        return event.customer == null ? clicks : customers;
    }

    /**
     * Leases events of customers first, then the clicks that customers follow, then other clicks.
     *
     * @param ready the test whether no predecessor of an event waits
     * @param present the function that returns the event of a key unless it is settled
     * @param ledger the function that returns the ledger entry of a key
     */
    List<Claim> claim(
            Instant now,
            int limit,
            Duration lease,
            Predicate<WaitingEvent> ready,
            Function<Fingerprint, @Nullable WaitingEvent> present,
            Function<Fingerprint, @Nullable LedgerEntry> ledger) {
        reclaim(now);
        List<WaitingEvent> chosen = new ArrayList<>();
        List<WaitingEvent> blocked = choose(customers, now, limit, ready, chosen);
        for (WaitingEvent event : blocked) {
            WaitingEvent followed = event.predecessor == null ? null : present.apply(event.predecessor);
            if (chosen.size() < limit && followed != null && !followed.due.isAfter(now) && clicks.remove(followed)) {
                chosen.add(followed);
            }
        }
        customers.addAll(blocked);
        clicks.addAll(choose(clicks, now, limit, ready, chosen));
        chosen.forEach(event -> leased.put(event.id, event));
        return chosen.stream().map(event -> event.lease(now, lease, ledger)).toList();
    }

    /** Moves due events that are ready to the chosen ones, up to the limit, and returns due events that are not ready. */
    private static List<WaitingEvent> choose(
            PriorityQueue<WaitingEvent> waiting,
            Instant now,
            int limit,
            Predicate<WaitingEvent> ready,
            List<WaitingEvent> chosen) {
        List<WaitingEvent> blocked = new ArrayList<>();
        for (WaitingEvent event = waiting.peek();
                event != null && chosen.size() < limit && !event.due.isAfter(now);
                event = waiting.peek()) {
            (ready.test(event) ? chosen : blocked).add(waiting.remove());
        }
        return blocked;
    }

    private void reclaim(Instant now) {
        List<WaitingEvent> expired = leased.values().stream()
                .filter(event -> !event.due.isAfter(now))
                .toList();
        expired.forEach(event -> add(leased.remove(event.id)));
    }

    /** Removes a claimed event and returns it, or {@code null} if another sender has claimed it since. */
    @Nullable
    WaitingEvent take(Claim claim) {
        WaitingEvent event = leased.get(claim.id());
        if (event != null) {
            return event.isLeasedTo(claim) ? leased.remove(event.id) : null;
        }
        WaitingEvent late =
                waiting().filter(other -> other.isLeasedTo(claim)).findFirst().orElse(null);
        return late != null && queueOf(late).remove(late) ? late : null;
    }

    private Stream<WaitingEvent> waiting() {
        return Stream.concat(customers.stream(), clicks.stream());
    }

    /** Returns the time at which the next event becomes due or the next lease ends, or {@code null} if there is none. */
    @Nullable
    Instant nextDue() {
        Stream<WaitingEvent> next =
                Stream.concat(Stream.ofNullable(customers.peek()), Stream.ofNullable(clicks.peek()));
        return Stream.concat(next, leased.values().stream())
                .map(event -> event.due)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    void remove(WaitingEvent event) {
        if (leased.remove(event.id) == null) {
            queueOf(event).remove(event);
        }
    }

    Backlog backlog(Instant now, long dead, long held) {
        Duration oldest = Stream.concat(waiting(), leased.values().stream())
                .map(event -> event.age(now))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        return new Backlog(customers.size() + clicks.size() + leased.size(), oldest, dead, held);
    }
}
