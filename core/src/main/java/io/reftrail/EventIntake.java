package io.reftrail;

import io.reftrail.model.Event;
import io.reftrail.model.RedactedFailure;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.Outbox.Enqueued;
import io.reftrail.outbox.UnitOfWork;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings events into the outbox, bound to the caller's transaction. */
final class EventIntake {

    private static final Logger logger = LoggerFactory.getLogger(Reftrail.class);

    private final Outbox outbox;
    private final UnitOfWork unitOfWork;

    EventIntake(Outbox outbox, UnitOfWork unitOfWork) {
        this.outbox = outbox;
        this.unitOfWork = unitOfWork;
    }

    /** What became of events. */
    enum Taken {
        ENQUEUED,
        AFTER_COMMIT,
        DUPLICATE,
        REFUSED,
        /** There was nothing to take. */
        NOTHING
    }

    /**
     * Events that belong together.
     *
     * @param events in their order; the last one is what it is about
     * @param again what is taken in place of the last one if that was taken before, or {@code null}
     */
    record Batch(List<Event> events, @Nullable Event again) {

        static Batch of(Event event) {
            return new Batch(List.of(event), null);
        }
    }

    /** Says what to take, when the outbox knows all that the caller's transaction has brought so far. */
    interface Source {

        /** Returns {@code null} if there is nothing to take. */
        @Nullable
        Batch batch();
    }

    /**
     * Takes events: in the caller's transaction where the outbox joins it, otherwise after its commit, or now if there is
     * none.
     *
     * @param whenSafe runs once the events cannot be lost by what the caller does next
     * @param afterCommit told what became of the last event, if that is not known when this returns
     * @throws RuntimeException if the caller's transaction cannot be told
     */
    Taken take(Source source, Runnable whenSafe, Consumer<Taken> afterCommit) {
        if (outbox.joinsTransaction()) {
            Taken taken = enqueue(source);
            if (taken != Taken.REFUSED && taken != Taken.NOTHING) {
                outbox.unitOfWork().afterCommit(() -> runSafely(whenSafe));
            }
            return taken;
        }
        AfterCommit enqueueing = new AfterCommit(source, whenSafe, afterCommit);
        unitOfWork.afterCommit(enqueueing);
        return enqueueing.returnTaken();
    }

    private Taken enqueue(Source source) {
        String what = "An event";
        try {
            Batch batch = source.batch();
            if (batch == null) {
                return Taken.NOTHING;
            }
            Taken taken = Taken.NOTHING;
            for (Event event : batch.events()) {
                what = event.toString();
                taken = enqueue(event);
            }
            return taken == Taken.DUPLICATE && batch.again() != null ? enqueue(batch.again()) : taken;
        } catch (RuntimeException failure) {
            logger.warn(
                    "The outbox refused {}; what is known of the visitor stays for the next try",
                    what,
                    RedactedFailure.of(failure));
            return Taken.REFUSED;
        }
    }

    private Taken enqueue(Event event) {
        return outbox.enqueue(event) == Enqueued.ACCEPTED ? Taken.ENQUEUED : Taken.DUPLICATE;
    }

    /** What runs after the caller's commit must not fail the caller. */
    private static void runSafely(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failure) {
            logger.warn("The cookie of a lead that is safe could not be expired", RedactedFailure.of(failure));
        }
    }

    /** Enqueues when the caller has committed, which is at once where there is no transaction. */
    private final class AfterCommit implements Runnable {

        private final Source source;
        private final Runnable whenSafe;
        private final Consumer<Taken> listener;
        private Taken taken = Taken.AFTER_COMMIT;
        private boolean returned;

        AfterCommit(Source source, Runnable whenSafe, Consumer<Taken> listener) {
            this.source = source;
            this.whenSafe = whenSafe;
            this.listener = listener;
        }

        Taken returnTaken() {
            returned = true;
            return taken;
        }

        @Override
        public void run() {
            taken = enqueue(source);
            if (taken != Taken.REFUSED && taken != Taken.NOTHING) {
                runSafely(whenSafe);
            }
            if (returned && taken != Taken.NOTHING) {
                listener.accept(taken);
            }
        }
    }
}
