package io.reftrail.test;

import io.reftrail.model.Event;
import io.reftrail.outbox.Settlement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event that the outbox has accepted, with its history. Guarded by the {@link EventLog}. */
final class RecordedEvent {

    private final boolean inTransaction;
    private final List<Attempt> attempts = new ArrayList<>();
    private Event event;
    private @Nullable Settlement end;

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

    Event event() {
        return event;
    }

    /** Returns whether only the outbox knows if the event is stored. */
    boolean mayBeRolledBack() {
        return inTransaction && end == null && attempts.isEmpty();
    }

    boolean isUnderWay() {
        return end == null;
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
        if (hasFailed()) {
            String reason = attempts.get(attempts.size() - 1).outcome().reason();
            return new Report(event, Report.State.HELD, reason, attempts);
        }
        return held == null
                ? new Report(event, Report.State.WAITING, "", attempts)
                : new Report(event, Report.State.HELD, held, attempts);
    }
}
