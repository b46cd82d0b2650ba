package io.reftrail.outbox;

import io.reftrail.model.Event;
import io.reftrail.model.InvalidSettingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final DeduplicationKeys keys = new DeduplicationKeys(REMEMBERED);
    private final Map<String, EventQueue> queues = new HashMap<>();
    private final Map<String, WaitingEvent> dead = new LinkedHashMap<>();
    private volatile Runnable listener = () -> {};
    private long lastId;
    private int size;
    private boolean closed;

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
            if (keys.contains(fingerprint)) {
                return Enqueued.DUPLICATE;
            }
            if (closed || size >= capacity) {
                throw new OutboxException(
                        closed ? "the outbox is closed" : "the outbox is full: " + capacity + " events wait");
            }
            keys.add(fingerprint);
            size++;
            queue(event.backend()).add(new WaitingEvent(++lastId, event, fingerprint, clock.instant()));
        }
        listener.run();
        return Enqueued.ACCEPTED;
    }

    private EventQueue queue(String backend) {
        return queues.computeIfAbsent(backend, absent -> new EventQueue());
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
        return queue(backend).claim(clock.instant(), limit, lease);
    }

    @Override
    public void settle(Claim claim, Settlement settlement) {
        synchronized (this) {
            EventQueue queue = queue(claim.event().backend());
            WaitingEvent event = queue.take(claim);
            if (event == null) {
                return;
            }
            event.endLease();
            if (settlement instanceof Settlement.Retry retry) {
                event.attempts++;
                queue.add(event.dueAt(clock.instant().plus(retry.delay())));
            } else if (settlement instanceof Settlement.Postponed postponed) {
                queue.add(event.dueAt(clock.instant().plus(postponed.delay())));
            } else if (settlement instanceof Settlement.Dead given) {
                event.reason = given.reason();
                dead.put(event.id, event);
            } else {
                size--;
                keys.settle(event.fingerprint);
            }
        }
        listener.run();
    }

    @Override
    public synchronized @Nullable Duration untilDue(String backend) {
        Instant due = queue(backend).nextDue();
        if (due == null) {
            return null;
        }
        Duration until = Duration.between(clock.instant(), due);
        return until.isNegative() ? Duration.ZERO : until;
    }

    @Override
    public synchronized int depth(String backend) {
        return queue(backend).size();
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
            queue(event.event.backend()).add(event.reborn(clock.instant()));
        }
        listener.run();
        return true;
    }

    /** Takes no more events, so that no visitor loses a cookie for a lead that nobody would send. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        listener = () -> {};
    }
}
