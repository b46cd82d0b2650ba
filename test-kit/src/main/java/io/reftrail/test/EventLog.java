package io.reftrail.test;

import io.reftrail.LeadListener;
import io.reftrail.LeadStatus;
import io.reftrail.SaleListener;
import io.reftrail.SaleStatus;
import io.reftrail.model.Event;
import io.reftrail.outbox.LedgerEntry;
import io.reftrail.outbox.Settlement;
import io.reftrail.outbox.Withheld;
import io.reftrail.test.Report.Attempt;
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
        if (recorded != null
                && !(settlement instanceof Settlement.Retry || settlement instanceof Settlement.Postponed)) {
            recorded.ended(settlement);
        }
    }

    synchronized void withheld(Event event, Withheld state, String reason) {
        RecordedEvent recorded = events.get(event.deduplicationKey());
        if (recorded != null) {
            recorded.withheld(state, reason);
        }
    }

    /**
     * Updates events after a release or a discard.
     *
     * @param find returns the ledger entry of a key
     */
    synchronized void withheldChanged(Function<String, @Nullable LedgerEntry> find) {
        events.forEach((key, recorded) -> {
            LedgerEntry entry = recorded.withheld == null ? null : find.apply(key);
            if (entry != null) {
                recorded.withheld(entry.withheld(), String.valueOf(entry.reason()));
            }
        });
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
     * @param isStored returns whether the outbox has a key; called without a lock, because it may be slow
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

    /** An event that the outbox has accepted, with its history. Guarded by the {@link EventLog}. */
    static final class RecordedEvent {

        private final boolean inTransaction;
        private final List<Attempt> attempts = new ArrayList<>();
        private Event event;
        private @Nullable Settlement end;
        private @Nullable Withheld withheld;
        private String reason = "";

        /** @param inTransaction whether it is stored only if the caller's transaction commits */
        RecordedEvent(Event event, boolean inTransaction) {
            this.event = event;
            this.inTransaction = inTransaction;
        }

        /** Records an attempt; an event that was dead has been replayed. */
        void attempted(Event informed, Attempt attempt) {
            event = informed;
            end = null;
            attempts.add(attempt);
        }

        void ended(Settlement settlement) {
            end = settlement;
        }

        void withheld(@Nullable Withheld state, String why) {
            withheld = state;
            reason = why;
        }

        Event event() {
            return event;
        }

        /** Returns whether a rollback may have removed the event, so that only the outbox shows whether it is stored. */
        boolean mayBeRolledBack() {
            return inTransaction && end == null && attempts.isEmpty();
        }

        boolean isUnderWay() {
            return end == null && withheld == null;
        }

        boolean hasFailed() {
            return end == null && !attempts.isEmpty();
        }

        /** @param held why its backend's queue, or its predecessor, waits; or {@code null} */
        Report report(@Nullable String held) {
            if (end instanceof Settlement.Done done) {
                boolean told = !attempts.isEmpty()
                        && attempts.get(attempts.size() - 1).outcome().verdict().isFinal();
                Report.State state = told ? Report.State.ANSWERED : Report.State.KEPT;
                return new Report(event, state, done.outcome().reason(), attempts);
            }
            if (end instanceof Settlement.Dead dead) {
                return new Report(event, Report.State.GIVEN_UP, dead.reason(), attempts);
            }
            if (end instanceof Settlement.Declined declined) {
                return new Report(
                        event, Report.State.GIVEN_UP, "its lead was declined: " + declined.reason(), attempts);
            }
            if (withheld != null) {
                return withheld == Withheld.HELD
                        ? new Report(event, Report.State.HELD, "held by a policy: " + reason, attempts)
                        : new Report(event, Report.State.GIVEN_UP, "declined by a policy: " + reason, attempts);
            }
            if (hasFailed()) {
                String failure = attempts.get(attempts.size() - 1).outcome().reason();
                return new Report(event, Report.State.HELD, failure, attempts);
            }
            return held == null
                    ? new Report(event, Report.State.WAITING, "", attempts)
                    : new Report(event, Report.State.HELD, held, attempts);
        }
    }

    /**
     * A listener that records the results of reports, which often explain a missing event.
     *
     * @param log the log to write to
     */
    record StatusLog(EventLog log) implements LeadListener, SaleListener {

        @Override
        public void onLead(String backend, LeadStatus status) {
            log.said("lead at " + backend + ": " + status);
        }

        @Override
        public void onSale(String backend, Event.Type type, SaleStatus status) {
            log.said(type.name().toLowerCase(Locale.ROOT) + " at " + backend + ": " + status);
        }
    }
}
