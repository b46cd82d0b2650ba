package io.reftrail.spring;

import io.reftrail.Reftrail;
import io.reftrail.capture.CookieExchange;
import io.reftrail.model.RedactedFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;

/**
 * Reports whoever the application says has {@linkplain CustomerSignedUp signed up}, on the thread that says so, in its
 * transaction. Whatever goes wrong here, the publisher goes on. Thread-safe.
 */
public final class CustomerSignedUpListener implements ApplicationListener<PayloadApplicationEvent<CustomerSignedUp>> {

    private static final Logger logger = LoggerFactory.getLogger(CustomerSignedUpListener.class);

    private final Reftrail reftrail;
    private final ExchangeAtHand exchanges = new ExchangeAtHand(
            "A CustomerSignedUp was published where no request is served, so nobody's click is known and there is no lead."
                    + " Publish it on the request's thread, or give it the clicks: event.from(reftrail.attributions(exchange)).");

    /** @param reftrail where leads go */
    public CustomerSignedUpListener(Reftrail reftrail) {
        this.reftrail = reftrail;
    }

    @Override
    public void onApplicationEvent(PayloadApplicationEvent<CustomerSignedUp> event) {
        try {
            report(event.getPayload());
        } catch (RuntimeException | Error failure) {
            logger.warn("A sign-up could not be reported", RedactedFailure.of(failure));
        }
    }

    private void report(CustomerSignedUp signUp) {
        if (!signUp.attributions().isEmpty()) {
            signUp.attributions().forEach(attribution -> reftrail.lead(attribution, signUp.lead()));
            return;
        }
        CookieExchange exchange = exchanges.find(reftrail);
        if (exchange != null) {
            reftrail.lead(exchange, signUp.lead());
        }
    }

    /** Request and transaction are the publisher's thread's. */
    @Override
    public boolean supportsAsyncExecution() {
        return false;
    }
}
