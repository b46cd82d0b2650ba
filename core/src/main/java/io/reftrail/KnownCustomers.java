package io.reftrail;

import io.reftrail.model.Customer;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.UnitOfWork;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Since when customers are known whose age the application does not tell. */
final class KnownCustomers {

    private static final int BATCH = 500;

    /** Who signs in again soon is not written down again. */
    private static final int LATEST = 10_000;

    private final Outbox outbox;
    private final UnitOfWork unitOfWork;
    private final Background background;
    private final @Nullable Instant cutOff;
    private final Clock clock;
    private final Set<String> met = Collections.newSetFromMap(new Latest());

    KnownCustomers(Outbox outbox, UnitOfWork unitOfWork, Background background, @Nullable Instant cutOff, Clock clock) {
        this.outbox = outbox;
        this.unitOfWork = unitOfWork;
        this.background = background;
        this.cutOff = cutOff;
        this.clock = clock;
    }

    /**
     * Returns when a customer became one, {@code null} if nobody knows. Before a cut-off nobody is new.
     *
     * @throws io.reftrail.outbox.OutboxException if the ledger cannot be reached
     */
    @Nullable
    Instant since(Customer customer) {
        if (customer.createdAt() != null) {
            return customer.createdAt();
        }
        Instant known = outbox.firstSignIn(customer.id());
        Instant now = clock.instant();
        return known == null && cutOff != null && now.isBefore(cutOff) ? now : known;
    }

    /**
     * Remembers a customer who has signed in, once the caller's transaction has committed. Waits for nothing; what cannot be
     * written down now is at the next sign-in.
     */
    void meet(Customer customer) {
        if (customer.createdAt() == null) {
            Instant now = clock.instant();
            unitOfWork.afterCommit(() -> {
                if (isNew(customer.id()) && !background.runIfQuiet(() -> remember(customer.id(), now))) {
                    unmeet(customer.id());
                }
            });
        }
    }

    private boolean isNew(String customerId) {
        synchronized (met) {
            return met.add(customerId);
        }
    }

    private void remember(String customerId, Instant since) {
        try {
            outbox.recordFirstSignIns(Map.of(customerId, since));
        } catch (RuntimeException failure) {
            unmeet(customerId);
            throw failure;
        }
    }

    /** Whoever signs in next is written down again. */
    void unmeet(String customerId) {
        synchronized (met) {
            met.remove(customerId);
        }
    }

    /** @throws io.reftrail.outbox.OutboxException if the ledger cannot be reached */
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
        outbox.recordFirstSignIns(batch);
        return given;
    }

    /** Spares the ledger most of what it knows. */
    private static final class Latest extends LinkedHashMap<String, Boolean> {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > LATEST;
        }
    }
}
