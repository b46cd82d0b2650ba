package io.reftrail.test;

import io.reftrail.Reftrail;
import io.reftrail.outbox.Outbox;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** A post-processor that wraps the application's outbox in a recorder and connects the recorder to {@link Reftrail}. */
final class ReftrailRecording implements BeanPostProcessor {

    private final ReportedEvents events;

    ReftrailRecording(ReportedEvents events) {
        this.events = events;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof Outbox outbox) {
            return events.recording(outbox);
        }
        if (bean instanceof Reftrail reftrail) {
            events.attach(reftrail);
        }
        return bean;
    }
}
