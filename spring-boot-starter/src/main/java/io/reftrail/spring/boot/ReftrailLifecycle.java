package io.reftrail.spring.boot;

import io.reftrail.Reftrail;
import org.springframework.context.SmartLifecycle;

/**
 * The lifecycle of delivery: when the application is ready, waiting events are sent. Stopping has no effect, because delivery
 * ends when {@link Reftrail} is closed, after all beans that may report a lead and before the database.
 */
final class ReftrailLifecycle implements SmartLifecycle {

    private final Reftrail reftrail;
    private volatile boolean running;

    ReftrailLifecycle(Reftrail reftrail) {
        this.reftrail = reftrail;
    }

    @Override
    public void start() {
        reftrail.operations().start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
