package io.reftrail;

import io.reftrail.model.Event;
import io.reftrail.model.RedactedFailure;
import io.reftrail.outbox.LedgerEntry;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.Outbox.Enqueued;
import io.reftrail.outbox.UnitOfWork;
import io.reftrail.outbox.Withheld;
import io.reftrail.policy.LeadPolicy.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The enqueueing of events, bound to the caller's transaction: inside it if the outbox joins it, otherwise after its commit, or
 * at once if there is none.
 */
final class TransactionalEnqueue {

    private static final Logger logger = LoggerFactory.getLogger(Reftrail.class);

    private final Outbox outbox;
    private final UnitOfWork unitOfWork;

    TransactionalEnqueue(Outbox outbox, UnitOfWork unitOfWork) {
        this.outbox = outbox;
        this.unitOfWork = unitOfWork;
    }

    /** The result for the last event of a batch. */
    enum Result {
        ENQUEUED,
        AFTER_COMMIT,
        DUPLICATE,
        HELD,
        /** Stored as declined, or not stored because the lead was declined. */
        DECLINED,
        REFUSED,
        /** There was no event. */
        NOTHING;

        boolean isStored() {
            return this == ENQUEUED || this == DUPLICATE || this == HELD || this == DECLINED;
        }
    }

    /**
     * Events that belong together.
     *
     * @param events the events in their order; the result is that of the last one. Empty if the customer's lead was declined
     * @param insteadOfDuplicate the event that replaces the last one if that is a duplicate which is not withheld, or {@code null}
     * @param verdict whether the last event is to be sent
     */
    record Batch(List<Event> events, @Nullable Event insteadOfDuplicate, Verdict verdict) {

        /** No event, because the customer's lead was declined. */
        static final Batch DECLINED = new Batch(List.of(), null, Verdict.accept());

        static Batch of(Event event) {
            return new Batch(List.of(event), null, Verdict.accept());
        }
    }

    /** The events to store together, which are determined when the outbox has all that the caller's transaction stored before. */
    interface Submission {

        /** Returns the events, or {@code null} if there is nothing to report. */
        @Nullable
        Batch batch();

        /**
         * Called with the final result after the caller's commit, or before {@code enqueue} returns if there is no transaction. Not
         * called after a rollback. Its exceptions are logged.
         *
         * @param result the result
         * @param afterReturn whether {@code enqueue} has returned before, with {@link Result#AFTER_COMMIT}
         */
        default void completed(Result result, boolean afterReturn) {}
    }

    /**
     * Stores the events of a submission.
     *
     * @throws RuntimeException from the unit of work
     */
    Result enqueue(Submission submission) {
        if (outbox.joinsTransaction()) {
            Result result = store(submission);
            if (result.isStored()) { // otherwise the caller may roll back and try again
                // The outbox joins a unit of work of its own, which need not be the one that this class was given.
                outbox.unitOfWork().afterCommit(() -> complete(submission, result, false));
            }
            return result;
        }
        AfterCommit storing = new AfterCommit(submission);
        unitOfWork.afterCommit(storing);
        return storing.returnResult();
    }

    /** Stores the events when the caller has committed, which is at once if there is no transaction. */
    private final class AfterCommit implements Runnable {

        private final Submission submission;
        private Result result = Result.AFTER_COMMIT;

        /** Whether {@code enqueue} has returned. Without a transaction the action runs before that. */
        private boolean returned;

        AfterCommit(Submission submission) {
            this.submission = submission;
        }

        @Override
        public void run() {
            result = store(submission);
            complete(submission, result, returned);
        }

        Result returnResult() {
            returned = true;
            return result;
        }
    }

    private Result store(Submission submission) {
        String what = "an event";
        try {
            Batch batch = submission.batch();
            if (batch == null) {
                return Result.NOTHING;
            }
            if (batch.events().isEmpty()) {
                return Result.DECLINED;
            }
            int last = batch.events().size() - 1;
            for (Event event : batch.events().subList(0, last)) {
                what = event.toString();
                store(event, Verdict.accept());
            }
            Event event = batch.events().get(last);
            what = event.toString();
            Result result = store(event, batch.verdict());
            Event instead = batch.insteadOfDuplicate();
            return result == Result.DUPLICATE && instead != null && !isWithheld(event)
                    ? store(instead, Verdict.accept())
                    : result;
        } catch (RuntimeException failure) {
            logger.warn("Could not store {} in the outbox", what, RedactedFailure.of(failure));
            return Result.REFUSED;
        }
    }

    /** A lead that was withheld once is not sent under another key. */
    private boolean isWithheld(Event event) {
        LedgerEntry known = outbox.find(event.deduplicationKey());
        return known != null && known.withheld() != null;
    }

    private Result store(Event event, Verdict verdict) {
        Enqueued enqueued =
                switch (verdict.kind()) {
                    case ACCEPT -> outbox.enqueue(event);
                    case HOLD -> outbox.withhold(event, Withheld.HELD, verdict.reason());
                    case DECLINE -> outbox.withhold(event, Withheld.DECLINED, verdict.reason());
                };
        if (enqueued == Enqueued.DUPLICATE) {
            return Result.DUPLICATE;
        }
        return switch (verdict.kind()) {
            case ACCEPT -> Result.ENQUEUED;
            case HOLD -> Result.HELD;
            case DECLINE -> Result.DECLINED;
        };
    }

    /** An exception after the commit must not reach the caller, whose work is done. */
    private static void complete(Submission submission, Result result, boolean afterReturn) {
        try {
            submission.completed(result, afterReturn);
        } catch (RuntimeException failure) {
            logger.warn("Could not complete the report of a stored event", RedactedFailure.of(failure));
        }
    }
}
