package io.reftrail.test;

import io.reftrail.model.Event;
import io.reftrail.outbox.Settlement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The events that the outbox has accepted since the test began, by deduplication key, in order. Ignores events of earlier
 * tests. Thread-safe.
 */
final class EventLog {

    private final Map<String, RecordedEvent> events = new LinkedHashMap<>();
    private final Set<String> customers = new LinkedHashSet<>();
    private final List<String> statuses = new ArrayList<>();

    /** Returns whether the event is new. */
    synchronized boolean taken(Event event, boolean inTransaction) {
        met(event.customerId());
        return events.putIfAbsent(event.deduplicationKey(), new RecordedEvent(event, inTransaction)) == null;
    }

    synchronized void met(@Nullable String customer) {
        if (customer != null) {
            customers.add(customer);
        }
    }

    synchronized void refused(Event event) {
        events.remove(event.deduplicationKey());
    }

    synchronized void attempted(Event event, Attempt attempt) {
        RecordedEvent recorded = events.get(event.deduplicationKey());
        if (recorded != null) {
            recorded.attempted(event, attempt);
        }
    }

    synchronized void ended(Event event, Settlement settlement) {
        RecordedEvent recorded = events.get(event.deduplicationKey());
        if (recorded != null && (settlement instanceof Settlement.Done || settlement instanceof Settlement.Dead)) {
            recorded.ended(settlement);
        }
    }

    /** Removes the customer's waiting and dead events; events that a backend has received stay. */
    synchronized void forgotten(String customer) {
        events.values()
                .removeIf(recorded -> customer.equals(recorded.event().customerId())
                        && recorded.report(null).verdict() == null);
    }

    /** @param status a result of {@code Reftrail}, for the message of a failed assertion */
    synchronized void said(String status) {
        statuses.add(status);
    }

    synchronized List<String> statuses() {
        return List.copyOf(statuses);
    }

    /** Returns the customers who signed in since the test began. */
    synchronized Set<String> customers() {
        return Set.copyOf(customers);
    }

    synchronized void clear() {
        events.clear();
        customers.clear();
        statuses.clear();
    }

    /**
     * Returns the present state of all events.
     *
     * @param isStored asks the outbox for a key; called without a lock, because it may be slow
     * @param paused returns why a backend's queue is paused, or {@code null}
     */
    List<Report> reports(Predicate<String> isStored, Function<String, @Nullable String> paused) {
        Map<String, RecordedEvent> present;
        synchronized (this) {
            present = new LinkedHashMap<>(events);
        }
        present.entrySet().removeIf(entry -> isRolledBack(entry.getValue(), entry.getKey(), isStored));
        synchronized (this) {
            return present.values().stream()
                    .map(recorded -> recorded.report(held(recorded, present, paused)))
                    .toList();
        }
    }

    private boolean isRolledBack(RecordedEvent recorded, String key, Predicate<String> isStored) {
        boolean uncertain;
        synchronized (this) {
            uncertain = recorded.mayBeRolledBack();
        }
        return uncertain && !isStored.test(key);
    }

    private static @Nullable String held(
            RecordedEvent recorded, Map<String, RecordedEvent> all, Function<String, @Nullable String> paused) {
        if (!recorded.isUnderWay()) {
            return null;
        }
        String rest = paused.apply(recorded.event().backend());
        RecordedEvent before = all.get(String.valueOf(recorded.event().follows()));
        if (rest != null || before == null || !before.hasFailed()) {
            return rest;
        }
        return "waits for the " + before.event().type().name().toLowerCase(Locale.ROOT) + " before it";
    }
}
