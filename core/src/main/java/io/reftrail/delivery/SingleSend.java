package io.reftrail.delivery;

import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** A send that happens once, however often and on whatever thread it is asked for. Never throws. */
final class SingleSend implements Supplier<Outcome> {

    private final FutureTask<Outcome> task;

    SingleSend(Supplier<Outcome> send) {
        this.task = new FutureTask<>(send::get);
    }

    @Override
    public Outcome get() {
        task.run();
        try {
            return task.get();
        } catch (ExecutionException defect) {
            return Outcome.of(Verdict.RETRY, "defect while sending");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Outcome.of(Verdict.RETRY, "interrupted");
        }
    }
}
