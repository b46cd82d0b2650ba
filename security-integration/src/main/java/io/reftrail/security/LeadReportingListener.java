package io.reftrail.security;

import io.reftrail.Reftrail;
import io.reftrail.model.Customer;
import io.reftrail.model.RedactedFailure;
import io.reftrail.servlet.ServletCookieExchange;
import io.reftrail.spring.CurrentExchange;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextAware;
import org.springframework.context.ApplicationListener;
import org.springframework.security.authentication.event.AbstractAuthenticationEvent;
import org.springframework.security.core.Authentication;

/**
 * Reports a customer as a lead when Spring Security has signed them in. Runs on the sign-in's thread, before the success
 * handler answers, so the response can still expire the cookie; waits for the outbox at most. Whatever goes wrong here,
 * the sign-in succeeds. Thread-safe.
 *
 * <p>Finds the request by {@link CurrentExchange}. Where it finds none, because another thread authenticates or the event is
 * delivered on one, the sign-in is remembered, and is no lead; the log says so once.
 *
 * <p>As a bean it hears the contexts above its own too, where Spring Security may live. Several listeners hear a sign-in once.
 */
public final class LeadReportingListener
        implements ApplicationListener<AbstractAuthenticationEvent>, ApplicationContextAware, DisposableBean {

    private static final Logger logger = LoggerFactory.getLogger(LeadReportingListener.class);

    private final Reftrail reftrail;
    private final CurrentExchange current;
    private final CustomerResolver customers;
    private final Predicate<Authentication> isSignedIn;
    private final MissingRequest missingRequest = new MissingRequest(logger);
    private final AncestorContexts ancestors = new AncestorContexts(this);

    /**
     * A listener that reports a customer after the first factor.
     *
     * @param reftrail where leads go
     * @param customers who has signed in
     */
    public LeadReportingListener(Reftrail reftrail, CustomerResolver customers) {
        this(reftrail, customers, authentication -> true);
    }

    /**
     * A listener for applications that ask for several factors.
     *
     * @param reftrail where leads go
     * @param customers who has signed in
     * @param isSignedIn whether an authentication makes a sign-in complete, for instance {@link RequiredFactors}; asked again
     *     at each further factor, on the sign-in's thread
     */
    public LeadReportingListener(Reftrail reftrail, CustomerResolver customers, Predicate<Authentication> isSignedIn) {
        this.reftrail = reftrail;
        this.current = new CurrentExchange(reftrail);
        this.customers = customers;
        this.isSignedIn = isSignedIn;
    }

    @Override
    public void onApplicationEvent(AbstractAuthenticationEvent event) {
        if (reftrail.visits().reportsSignIns() && SignInEvents.mayMatter(event)) {
            try {
                heard(event, current.find());
            } catch (RuntimeException | Error failure) {
                logger.warn(
                        "A sign-in could not be reported; the visitor's cookie stays for the next one",
                        RedactedFailure.of(failure));
            }
        }
    }

    private void heard(AbstractAuthenticationEvent event, @Nullable ServletCookieExchange exchange) {
        HttpServletRequest request = exchange == null ? null : exchange.request();
        Authentication authentication = event.getAuthentication();
        switch (SignInEvents.of(event, request)) {
            case NOTHING -> {}
            case RETURN -> returned(authentication);
            case SIGN_IN -> {
                if (isSignedIn.test(authentication)) {
                    signedIn(event, exchange);
                }
            }
        }
    }

    private void returned(Authentication authentication) {
        Customer customer = customers.resolve(authentication);
        if (customer != null) {
            reftrail.signIn(customer);
        }
    }

    private void signedIn(AbstractAuthenticationEvent event, @Nullable ServletCookieExchange exchange) {
        if (exchange != null && HeardSignIn.isIn(exchange.request(), reftrail, event)) {
            return;
        }
        Customer customer = customers.resolve(event.getAuthentication());
        if (customer == null) {
            return;
        }
        if (exchange == null) {
            missingRequest.sayOnce();
            reftrail.signIn(customer);
        } else {
            HeardSignIn.remember(exchange.request(), reftrail, event);
            logger.debug("A sign-in: {}", reftrail.signIn(exchange, customer));
        }
    }

    /** The request is found on the sign-in's thread only. */
    @Override
    public boolean supportsAsyncExecution() {
        return false;
    }

    /** Begins to hear the contexts above this one. */
    @Override
    public void setApplicationContext(ApplicationContext context) {
        ancestors.listen(context);
    }

    /** Ends what {@link #setApplicationContext} has begun. */
    @Override
    public void destroy() {
        ancestors.close();
    }
}
