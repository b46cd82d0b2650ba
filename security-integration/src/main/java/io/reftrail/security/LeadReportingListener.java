package io.reftrail.security;

import io.reftrail.LeadStatus;
import io.reftrail.Reftrail;
import io.reftrail.model.Customer;
import io.reftrail.model.RedactedFailure;
import io.reftrail.servlet.ServletCookieExchange;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.security.authentication.event.AbstractAuthenticationEvent;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Reports a customer as a lead when Spring Security has signed them in. Runs on the sign-in's thread, before the success
 * handler answers, so the response can still expire the cookie; waits for the outbox at most. Whatever goes wrong here,
 * the sign-in succeeds. Thread-safe.
 *
 * <p>Finds the request through {@link RequestContextHolder}: a {@code RequestContextFilter} must stand before Spring
 * Security, as it does in every Spring Boot application.
 */
public final class LeadReportingListener implements ApplicationListener<AbstractAuthenticationEvent> {

    private static final Logger logger = LoggerFactory.getLogger(LeadReportingListener.class);

    private final Reftrail reftrail;
    private final CustomerResolver customers;
    private final LeadTrigger trigger;

    /**
     * @param reftrail where leads go
     * @param customers who has signed in
     * @param trigger what makes a customer a lead
     */
    public LeadReportingListener(Reftrail reftrail, CustomerResolver customers, LeadTrigger trigger) {
        this.reftrail = reftrail;
        this.customers = customers;
        this.trigger = trigger;
    }

    @Override
    public void onApplicationEvent(AbstractAuthenticationEvent event) {
        if (trigger == LeadTrigger.SIGN_UP || !SignInEvents.isSuccess(event)) {
            return;
        }
        try {
            if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) {
                onSuccess(event, attributes);
            } else {
                logger.debug("A sign-in outside a request; is there a RequestContextFilter before Spring Security?");
            }
        } catch (RuntimeException failure) {
            logger.warn(
                    "A sign-in could not be reported; the visitor's cookie stays for the next one",
                    RedactedFailure.of(failure));
        }
    }

    private void onSuccess(AbstractAuthenticationEvent event, ServletRequestAttributes attributes) {
        HttpServletRequest request = attributes.getRequest();
        ServletCookieExchange exchange = new ServletCookieExchange(request, attributes.getResponse());
        if (reftrail.attributions(exchange).isEmpty() || !SignInEvents.isSignIn(event, request)) {
            return;
        }
        Customer customer = customers.resolve(event.getAuthentication());
        if (customer != null) {
            Map<String, LeadStatus> statuses = reftrail.lead(exchange, customer, trigger == LeadTrigger.EVERY_SIGN_IN);
            logger.debug("A sign-in with a partner's click: {}", statuses);
        }
    }

    /** The request is found on the sign-in's thread only. */
    @Override
    public boolean supportsAsyncExecution() {
        return false;
    }
}
