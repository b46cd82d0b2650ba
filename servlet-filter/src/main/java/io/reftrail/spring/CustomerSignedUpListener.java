package io.reftrail.spring;

import io.reftrail.LeadStatus;
import io.reftrail.Reftrail;
import io.reftrail.capture.CookieExchange;
import io.reftrail.model.RedactedFailure;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;

/**
 * A listener that reports the customers of {@link CustomerSignedUp} events, on the publisher's thread and in its transaction. It
 * never fails the publisher. Thread-safe.
 */
public final class CustomerSignedUpListener implements ApplicationListener<PayloadApplicationEvent<CustomerSignedUp>> {

    private static final Logger logger = LoggerFactory.getLogger(CustomerSignedUpListener.class);

    private final Reftrail reftrail;
    private final AtomicBoolean hasLoggedMissingRequest = new AtomicBoolean();

    /** @param reftrail reports the leads */
    public CustomerSignedUpListener(Reftrail reftrail) {
        this.reftrail = reftrail;
    }

    @Override
    public void onApplicationEvent(PayloadApplicationEvent<CustomerSignedUp> event) {
        try {
            report(event.getPayload());
        } catch (RuntimeException | Error failure) {
            logger.warn("Could not report a sign-up", RedactedFailure.of(failure));
            reftrail.visits().decided(LeadStatus.REFUSED, null, null);
        }
    }

    private void report(CustomerSignedUp signUp) {
        if (!signUp.attributions().isEmpty()) {
            signUp.attributions().forEach(attribution -> reftrail.lead(attribution, signUp.lead()));
            return;
        }
        CookieExchange exchange = CurrentExchange.any(reftrail);
        if (exchange != null) {
            reftrail.lead(exchange, signUp.lead());
            return;
        }
        reftrail.visits().decided(LeadStatus.NO_REQUEST, null, null);
        if (hasLoggedMissingRequest.compareAndSet(false, true)) {
            logger.warn(
                    "A CustomerSignedUp event was published outside of a request, so the click is unknown and no lead is reported."
                            + " Publish it on the request's thread, or pass the clicks:"
                            + " event.from(reftrail.attributions(exchange)).");
        }
    }

    /** Request and transaction belong to the publisher's thread. */
    @Override
    public boolean supportsAsyncExecution() {
        return false;
    }
}
