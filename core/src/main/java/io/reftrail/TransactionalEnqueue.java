package io.reftrail;

import io.reftrail.model.Event;
import io.reftrail.model.RedactedFailure;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.Outbox.Enqueued;
import io.reftrail.outbox.UnitOfWork;
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
        REFUSED,
        /** There was no event. */
        NOTHING;

        boolean isStored() {
            return this == ENQUEUED || this == DUPLICATE;
        }
    }

    /**
     * Events that belong together.
     *
     * @param events the events in their order; the result is that of the last one
     * @param insteadOfDuplicate the event that replaces the last one if that is a duplicate, or {@code null}
     */
    record Batch(List<Event> events, @Nullable Event insteadOfDuplicate) {

        static Batch of(Event event) {
            return new Batch(List.of(event), null);
        }
    }

    /** The events to store together, which are determined when the outbox has all that the caller's transaction stored before. */
    interface Submission {

        /** Returns the events, or {@code null} if there are none. */
        @Nullable
        Batch events();

        /**
         * Called with the final result after the caller's commit, or before {@code enqueue} returns if there is no transaction. Not
         * called after a rollback. Its exceptions are logged.
         *
         * @param result the result
         * @param late whether {@code enqueue} has returned {@link Result#AFTER_COMMIT} for it
         */
        default void completed(Result result, boolean late) {}
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
            Batch batch = submission.events();
            if (batch == null) {
                return Result.NOTHING;
            }
            Result result = Result.NOTHING;
            for (Event event : batch.events()) {
                what = event.toString();
                result = store(event);
            }
            return result == Result.DUPLICATE && batch.insteadOfDuplicate() != null
                    ? store(batch.insteadOfDuplicate())
                    : result;
        } catch (RuntimeException failure) {
            logger.warn("Could not store {} in the outbox", what, RedactedFailure.of(failure));
            return Result.REFUSED;
        }
    }

    private Result store(Event event) {
        return outbox.enqueue(event) == Enqueued.ACCEPTED ? Result.ENQUEUED : Result.DUPLICATE;
    }

    /** An exception after the commit must not reach the caller, whose work is done. */
    private static void complete(Submission submission, Result result, boolean late) {
        try {
            submission.completed(result, late);
        } catch (RuntimeException failure) {
            logger.warn("Could not complete the report of a stored event", RedactedFailure.of(failure));
        }
    }
}
