package io.reftrail.security;

import io.reftrail.LeadStatus;
import io.reftrail.Reftrail;
import io.reftrail.model.Customer;
import io.reftrail.model.RedactedFailure;
import io.reftrail.servlet.ServletCookieExchange;
import io.reftrail.spring.CurrentExchange;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.security.authentication.event.AbstractAuthenticationEvent;

/**
 * Reports a customer as a lead when Spring Security has signed them in. Runs on the sign-in's thread, before the success
 * handler answers, so the response can still expire the cookie; waits for the outbox at most. Whatever goes wrong here,
 * the sign-in succeeds. Thread-safe.
 *
 * <p>Finds the request by {@link CurrentExchange}.
 */
public final class LeadReportingListener implements ApplicationListener<AbstractAuthenticationEvent> {

    private static final Logger logger = LoggerFactory.getLogger(LeadReportingListener.class);

    private final Reftrail reftrail;
    private final CurrentExchange current;
    private final CustomerResolver customers;

    /**
     * @param reftrail where leads go
     * @param customers who has signed in
     */
    public LeadReportingListener(Reftrail reftrail, CustomerResolver customers) {
        this.reftrail = reftrail;
        this.current = new CurrentExchange(reftrail);
        this.customers = customers;
    }

    @Override
    public void onApplicationEvent(AbstractAuthenticationEvent event) {
        if (!reftrail.reportsSignIns() || !SignInEvents.isSuccess(event)) {
            return;
        }
        try {
            ServletCookieExchange exchange = current.find();
            if (exchange != null) {
                onSuccess(event, exchange);
            } else {
                logger.debug("A sign-in outside a request; is there a RequestContextFilter before Spring Security?");
            }
        } catch (RuntimeException failure) {
            logger.warn(
                    "A sign-in could not be reported; the visitor's cookie stays for the next one",
                    RedactedFailure.of(failure));
        }
    }

    private void onSuccess(AbstractAuthenticationEvent event, ServletCookieExchange exchange) {
        if (!SignInEvents.isSignIn(event, exchange.request())) {
            return;
        }
        Customer customer = customers.resolve(event.getAuthentication());
        if (customer != null) {
            Map<String, LeadStatus> statuses = reftrail.signIn(exchange, customer);
            logger.debug("A sign-in with a partner's click: {}", statuses);
        }
    }

    /** The request is found on the sign-in's thread only. */
    @Override
    public boolean supportsAsyncExecution() {
        return false;
    }
}
