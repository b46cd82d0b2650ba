package io.reftrail.outbox;

import io.reftrail.model.Event;
import io.reftrail.model.InvalidSettingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An outbox that lives and dies with the process: for tests, and where losing waiting leads at a crash is acceptable.
 * Bounded: beyond its capacity it refuses new events, so that nothing that was accepted is ever dropped. Remembers the
 * deduplication keys of as many settled events as {@link #REMEMBERED} says.
 */
public final class InMemoryOutbox implements Outbox {

    /** How many events may wait by default, dead ones included. */
    public static final int DEFAULT_CAPACITY = 10_000;

    /** How many deduplication keys of settled events are remembered; the oldest go first. */
    static final int REMEMBERED = 100_000;

    private final int capacity;
    private final Clock clock;
    private final Fingerprint.Keyed fingerprints = new Fingerprint.Keyed();
    private final Set<Fingerprint> present = new HashSet<>();
    private final Set<Fingerprint> settled = new LinkedHashSet<>();
    private final Map<String, PriorityQueue<WaitingEvent>> waiting = new HashMap<>();
    private final Map<String, WaitingEvent> leased = new HashMap<>();
    private final Map<String, WaitingEvent> dead = new LinkedHashMap<>();
    private volatile Runnable listener = () -> {};
    private long lastId;
    private int size;

    /** Holds {@value #DEFAULT_CAPACITY} events. */
    public InMemoryOutbox() {
        this(DEFAULT_CAPACITY, Clock.systemUTC());
    }

    /**
     * @param capacity how many events may wait, dead ones included
     * @param clock due times and leases
     * @throws InvalidSettingException if the capacity is not positive
     */
    public InMemoryOutbox(int capacity, Clock clock) {
        if (capacity < 1) {
            throw new InvalidSettingException(
                    "outbox.capacity", "an outbox of " + capacity + " holds no event", "Write a positive number.");
        }
        this.capacity = capacity;
        this.clock = clock;
    }

    @Override
    public Enqueued enqueue(Event event) {
        Fingerprint fingerprint = fingerprints.of(event.deduplicationKey());
        synchronized (this) {
            if (present.contains(fingerprint) || settled.contains(fingerprint)) {
                return Enqueued.DUPLICATE;
            }
            if (size >= capacity) {
                throw new OutboxException("the outbox is full: " + capacity + " events wait");
            }
            present.add(fingerprint);
            size++;
            addToQueue(new WaitingEvent(++lastId, event, fingerprint, clock.instant()));
        }
        listener.run();
        return Enqueued.ACCEPTED;
    }

    private void forget(WaitingEvent event) {
        size--;
        present.remove(event.fingerprint);
        settled.add(event.fingerprint);
        if (settled.size() > REMEMBERED) {
            settled.remove(settled.iterator().next());
        }
    }

    private void addToQueue(WaitingEvent event) {
        queue(event.event.backend()).add(event);
    }

    private PriorityQueue<WaitingEvent> queue(String backend) {
        return waiting.computeIfAbsent(backend, absent -> new PriorityQueue<>(WaitingEvent.DUE_FIRST));
    }

    @Override
    public boolean joinsTransaction() {
        return false;
    }

    @Override
    public void onAvailable(Runnable listener) {
        this.listener = listener;
    }

    @Override
    public synchronized List<Claim> claim(String backend, int limit, Duration lease) {
        Instant now = clock.instant();
        reclaim(now);
        PriorityQueue<WaitingEvent> queue = queue(backend);
        List<Claim> claims = new ArrayList<>();
        for (WaitingEvent event = queue.peek(); event != null && claims.size() < limit; event = queue.peek()) {
            if (event.due.isAfter(now)) {
                break;
            }
            leased.put(event.id, queue.remove());
            claims.add(event.lease(now, lease));
        }
        return claims;
    }

    private void reclaim(Instant now) {
        List<WaitingEvent> expired = leased.values().stream()
                .filter(event -> !event.due.isAfter(now))
                .toList();
        expired.forEach(event -> {
            leased.remove(event.id);
            addToQueue(event);
        });
    }

    @Override
    public void settle(Claim claim, Settlement settlement) {
        synchronized (this) {
            WaitingEvent event = take(claim);
            if (event == null) {
                return;
            }
            event.endLease();
            if (settlement instanceof Settlement.Retry retry) {
                event.attempts++;
                addToQueue(event.dueAt(clock.instant().plus(retry.delay())));
            } else if (settlement instanceof Settlement.Postponed postponed) {
                addToQueue(event.dueAt(clock.instant().plus(postponed.delay())));
            } else if (settlement instanceof Settlement.Dead given) {
                event.reason = given.reason();
                dead.put(event.id, event);
            } else {
                forget(event);
            }
        }
        listener.run();
    }

    /** Returns the claimed event, also if its lease has run out and it waits for somebody else. */
    private @Nullable WaitingEvent take(Claim claim) {
        WaitingEvent event = leased.get(claim.id());
        if (event != null) {
            return event.isLeasedTo(claim) ? leased.remove(event.id) : null;
        }
        PriorityQueue<WaitingEvent> queue = queue(claim.event().backend());
        WaitingEvent late = queue.stream()
                .filter(other -> other.isLeasedTo(claim))
                .findFirst()
                .orElse(null);
        return queue.remove(late) ? late : null;
    }

    @Override
    public synchronized @Nullable Duration untilDue(String backend) {
        PriorityQueue<WaitingEvent> queue = waiting.get(backend);
        WaitingEvent first = queue == null ? null : queue.peek();
        return Stream.concat(Stream.ofNullable(first), leased(backend))
                .map(event -> event.due)
                .min(Comparator.naturalOrder())
                .map(due -> Duration.between(clock.instant(), due))
                .map(until -> until.isNegative() ? Duration.ZERO : until)
                .orElse(null);
    }

    @Override
    public synchronized int depth(String backend) {
        PriorityQueue<WaitingEvent> queue = waiting.get(backend);
        return (queue == null ? 0 : queue.size()) + (int) leased(backend).count();
    }

    private Stream<WaitingEvent> leased(String backend) {
        return leased.values().stream().filter(event -> event.event.backend().equals(backend));
    }

    @Override
    public synchronized List<DeadEvent> dead() {
        return dead.values().stream().map(WaitingEvent::toDeadEvent).toList();
    }

    @Override
    public boolean replay(String id) {
        synchronized (this) {
            WaitingEvent event = dead.remove(id);
            if (event == null) {
                return false;
            }
            addToQueue(event.reborn(clock.instant()));
        }
        listener.run();
        return true;
    }

    @Override
    public void close() {
        listener = () -> {};
    }
}
