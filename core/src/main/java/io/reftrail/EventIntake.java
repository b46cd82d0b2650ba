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

    /** What became of an event. */
    enum Taken {
        ENQUEUED,
        AFTER_COMMIT,
        DUPLICATE,
        REFUSED
    }

    /**
     * Takes an event together with what goes before it.
     *
     * @param events in their order; the last one is what it is about
     * @param again what is taken in place of the last one if that was taken before, or {@code null}
     * @param whenSafe runs once the events cannot be lost by what the caller does next
     * @param afterCommit told what became of the last event, if that is not known when this returns
     * @throws RuntimeException if the caller's transaction cannot be told
     */
    Taken take(List<Event> events, @Nullable Event again, Runnable whenSafe, Consumer<Taken> afterCommit) {
        if (outbox.joinsTransaction()) {
            Taken taken = enqueue(events, again);
            if (taken != Taken.REFUSED) {
                unitOfWork.afterCommit(() -> runSafely(whenSafe));
            }
            return taken;
        }
        AfterCommit enqueueing = new AfterCommit(events, again, whenSafe, afterCommit);
        unitOfWork.afterCommit(enqueueing);
        return enqueueing.returnTaken();
    }

    private Taken enqueue(List<Event> events, @Nullable Event again) {
        Taken taken = enqueue(events);
        return taken == Taken.DUPLICATE && again != null ? enqueue(List.of(again)) : taken;
    }

    private Taken enqueue(List<Event> events) {
        Taken taken = Taken.REFUSED;
        for (Event event : events) {
            try {
                taken = outbox.enqueue(event) == Enqueued.ACCEPTED ? Taken.ENQUEUED : Taken.DUPLICATE;
            } catch (RuntimeException failure) {
                logger.warn(
                        "The outbox refused {}; what is known of the visitor stays for the next try",
                        event,
                        RedactedFailure.of(failure));
                return Taken.REFUSED;
            }
        }
        return taken;
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

        private final List<Event> events;
        private final @Nullable Event again;
        private final Runnable whenSafe;
        private final Consumer<Taken> listener;
        private Taken taken = Taken.AFTER_COMMIT;
        private boolean returned;

        AfterCommit(List<Event> events, @Nullable Event again, Runnable whenSafe, Consumer<Taken> listener) {
            this.events = events;
            this.again = again;
            this.whenSafe = whenSafe;
            this.listener = listener;
        }

        Taken returnTaken() {
            returned = true;
            return taken;
        }

        @Override
        public void run() {
            taken = enqueue(events, again);
            if (taken != Taken.REFUSED) {
                runSafely(whenSafe);
            }
            if (returned) {
                listener.accept(taken);
            }
        }
    }
}
