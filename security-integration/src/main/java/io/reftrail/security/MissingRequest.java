package io.reftrail.security;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;

/** Says that sign-ins are heard where no request is at hand: once, because it is then so every time. Thread-safe. */
final class MissingRequest {

    private final Logger logger;
    private final AtomicBoolean isSaid = new AtomicBoolean();

    MissingRequest(Logger logger) {
        this.logger = logger;
    }

    void sayOnce() {
        if (isSaid.compareAndSet(false, true)) {
            logger.info(
                    "A customer has signed in where no request with a click is at hand: the sign-in is remembered, and is"
                            + " no lead. If leads are missing, see that the capture filter or a RequestContextFilter stands before"
                            + " Spring Security, that people are authenticated on the request's own thread, and that the"
                            + " application's event multicaster does not hand events to other threads.");
        }
    }
}
