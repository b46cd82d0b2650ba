package io.reftrail;

import io.reftrail.model.Customer;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.UnitOfWork;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The first sign-ins of customers whose {@code createdAt} is unknown or too recent to decide alone. Thread-safe. */
final class FirstSignIns {

    private static final int BATCH = 500;

    /** The number of customers whose latest sign-ins are remembered, so that they are not written again. */
    private static final int RECENT = 10_000;

    /**
     * How long sign-ins are collected before they are written in one transaction. Each transaction delays those of sign-ups,
     * because they use the same disk.
     */
    private static final Duration BATCH_DELAY = Duration.ofMillis(50);

    /** The id of the entry which says that existing customers have been seeded; no customer has it. */
    private static final String SEEDED = "\u0001reftrail:seeded";

    private final Outbox outbox;
    private final UnitOfWork unitOfWork;
    private final BackgroundExecutor background;
    private final @Nullable Instant cutOff;
    private final Clock clock;
    private volatile boolean seeded;

    /** Guarded by itself, as are {@link #pending} and {@link #writing}. */
    private final Set<String> remembered = Collections.newSetFromMap(new BoundedMap<>(RECENT));

    /** The sign-ins that are still to be written. */
    private final Map<String, Instant> pending = new HashMap<>();

    /** The sign-ins that are being written. */
    private final Map<String, Instant> writing = new HashMap<>();

    FirstSignIns(
            Outbox outbox,
            UnitOfWork unitOfWork,
            BackgroundExecutor background,
            @Nullable Instant cutOff,
            Clock clock) {
        this.outbox = outbox;
        this.unitOfWork = unitOfWork;
        this.background = background;
        this.cutOff = cutOff;
        this.clock = clock;
    }

    /**
     * Returns the first sign-in of a customer, or {@code null} if this is the first one. Before a cut-off, each customer counts
     * as an existing one.
     *
     * @throws io.reftrail.outbox.OutboxException if the outbox cannot be reached
     */
    @Nullable
    Instant find(Customer customer) {
        Instant unwritten = unwritten(customer.id());
        Instant stored = outbox.firstSignIn(customer.id());
        Instant first = stored == null ? unwritten : stored;
        Instant now = clock.instant();
        return first == null && cutOff != null && now.isBefore(cutOff) ? now : first;
    }

    /**
     * Remembers a sign-in after the caller's transaction has committed. Does not wait; if the outbox cannot take it now, the next
     * sign-in is remembered.
     */
    void remember(Customer customer) {
        Instant now = clock.instant();
        unitOfWork.afterCommit(() -> {
            if (add(customer.id(), now) && !background.runIfQuiet(this::storePending, BATCH_DELAY)) {
                dropPending();
            }
        });
    }

    /** Returns whether the sign-in is the first one of a batch, whose writing is to be scheduled. */
    private boolean add(String customerId, Instant since) {
        synchronized (remembered) {
            if (pending.size() == BATCH || !remembered.add(customerId)) {
                return false;
            }
            pending.put(customerId, since);
            return pending.size() == 1;
        }
    }

    private @Nullable Instant unwritten(String customerId) {
        synchronized (remembered) {
            Instant since = pending.get(customerId);
            return since == null ? writing.get(customerId) : since;
        }
    }

    private void dropPending() {
        synchronized (remembered) {
            remembered.removeAll(pending.keySet());
            pending.clear();
        }
    }

    /** Runs on the one background thread. */
    private void storePending() {
        Map<String, Instant> batch;
        synchronized (remembered) {
            writing.putAll(pending);
            pending.clear();
            batch = Map.copyOf(writing);
        }
        if (batch.isEmpty()) {
            return; // the customers were erased meanwhile
        }
        try {
            outbox.recordFirstSignIns(batch);
        } catch (RuntimeException failure) {
            synchronized (remembered) {
                remembered.removeAll(batch.keySet());
            }
            throw failure;
        } finally {
            synchronized (remembered) {
                writing.clear();
            }
        }
    }

    /** Forgets a customer, so that the next sign-in is remembered again. */
    void forget(String customerId) {
        synchronized (remembered) {
            remembered.remove(customerId);
            pending.remove(customerId);
            writing.remove(customerId);
        }
    }

    /**
     * Returns whether the existing customers have been {@linkplain #seed seeded}, in this process or another one.
     *
     * @throws io.reftrail.outbox.OutboxException if the outbox cannot be reached
     */
    boolean areSeeded() {
        if (seeded) {
            return true;
        }
        boolean stored = outbox.firstSignIn(SEEDED) != null;
        // The caller's own transaction may have stored it and may still be rolled back.
        seeded = stored && !outbox.joinsTransaction();
        return stored;
    }

    /**
     * Remembers existing customers.
     *
     * @return the number of customers in the stream
     * @throws io.reftrail.outbox.OutboxException if the outbox cannot be reached
     */
    long seed(Stream<Customer> existing) {
        Map<String, Instant> batch = new HashMap<>();
        long given = 0;
        for (Customer customer : (Iterable<Customer>) existing::iterator) {
            Instant createdAt = customer.createdAt();
            batch.merge(
                    customer.id(),
                    createdAt == null ? Instant.EPOCH : createdAt,
                    (one, other) -> one.isBefore(other) ? one : other);
            given++;
            if (batch.size() == BATCH) {
                outbox.recordFirstSignIns(batch);
                batch.clear();
            }
        }
        batch.put(SEEDED, clock.instant());
        outbox.recordFirstSignIns(batch);
        unitOfWork.afterCommit(() -> seeded = true);
        return given;
    }
}
