package io.reftrail.spring.boot;

import io.reftrail.Reftrail;
import org.springframework.context.SmartLifecycle;

/**
 * Begins to deliver, when the application is ready, what waits from before. Stopping stops nothing: delivery ends when the
 * {@link Reftrail} is closed, after everything that may still report a lead and before the database is.
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
