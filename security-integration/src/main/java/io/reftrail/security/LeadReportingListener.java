package io.reftrail.security;

import io.reftrail.Reftrail;
import io.reftrail.SignInReason;
import io.reftrail.model.Customer;
import io.reftrail.model.RedactedFailure;
import io.reftrail.servlet.ServletCookieExchange;
import io.reftrail.spring.CurrentExchange;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextAware;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.authentication.event.AbstractAuthenticationEvent;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;

/**
 * A listener that reports a customer as a lead when Spring Security signs the customer in. It runs on the sign-in's thread before
 * the success handler answers, so that the response can still expire the cookie. It waits only for the outbox. If it fails, the
 * sign-in still succeeds. Thread-safe.
 *
 * <p>The listener finds the request with {@link CurrentExchange}. If it finds none, because another thread authenticates or delivers
 * the event, it stores the sign-in without a lead and logs this once.
 *
 * <p>A login filter can refuse a sign-in after the plain success event, for instance when a customer has too many sessions. The
 * listener therefore waits for the filter's interactive event, if the filter publishes one. Spring Security has no API that shows
 * this, so the listener finds the active filter on the call stack and reads its private field {@code eventPublisher} by reflection.
 * If that fails, the listener does not wait. The tests run this with each supported line of Spring Security.
 *
 * <p>As a bean the listener also receives the events of the parent contexts, where Spring Security may be configured. Several
 * listeners report a sign-in once.
 */
public final class LeadReportingListener
        implements ApplicationListener<AbstractAuthenticationEvent>, ApplicationContextAware, DisposableBean {

    private static final Logger logger = LoggerFactory.getLogger(LeadReportingListener.class);

    private final Reftrail reftrail;
    private final CurrentExchange current;
    private final CustomerResolver customers;
    private final Predicate<Authentication> isSignedIn;
    private final AtomicBoolean hasLoggedMissingRequest = new AtomicBoolean();
    private final List<ConfigurableApplicationContext> ancestors = new CopyOnWriteArrayList<>();
    private @Nullable LoginFilters loginFilters;

    /**
     * Creates a listener that reports a customer after the first factor.
     *
     * @param reftrail reports the leads
     * @param customers maps an authentication to a customer
     */
    public LeadReportingListener(Reftrail reftrail, CustomerResolver customers) {
        this(reftrail, customers, authentication -> true);
    }

    /**
     * Creates a listener for an application that asks for several factors.
     *
     * @param reftrail reports the leads
     * @param customers maps an authentication to a customer
     * @param isSignedIn whether an authentication completes the sign-in, for instance {@link RequiredFactors}; tested again at each
     *     further factor, on the sign-in's thread
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
                report(event, current.find());
            } catch (RuntimeException | Error failure) {
                logger.warn(
                        "Could not report a sign-in; the visitor keeps the cookie for the next one",
                        RedactedFailure.of(failure));
                record(SignInReason.FAILED);
            }
        }
    }

    private void report(AbstractAuthenticationEvent event, @Nullable ServletCookieExchange exchange) {
        HttpServletRequest request = exchange == null ? null : exchange.request();
        if (request != null && event instanceof InteractiveAuthenticationSuccessEvent interactive) {
            request.setAttribute(
                    ServletCookieExchange.ROUTE, interactive.getGeneratedBy().getSimpleName());
        }
        Authentication authentication = event.getAuthentication();
        switch (SignInEvents.of(event, request)) {
            case NO_SIGN_IN -> {
                if (exchange != null && !reftrail.attributions(exchange).isEmpty()) {
                    record(SignInReason.NOT_A_SIGN_IN);
                }
            }
            case RETURN -> {
                Customer customer = customers.resolve(authentication);
                if (customer == null) {
                    record(SignInReason.NO_CUSTOMER);
                } else {
                    reftrail.visits().returned(customer);
                }
            }
            case SIGN_IN -> {
                if (mayStillBeRefused(event, request)) {
                    return;
                }
                if (isSignedIn.test(authentication)) {
                    reportSignIn(event, exchange);
                } else {
                    record(SignInReason.INCOMPLETE);
                }
            }
        }
    }

    private boolean mayStillBeRefused(AbstractAuthenticationEvent event, @Nullable HttpServletRequest request) {
        return request != null
                && loginFilters != null
                && !(event instanceof InteractiveAuthenticationSuccessEvent)
                && loginFilters.willPublishInteractiveEvent(request);
    }

    private void reportSignIn(AbstractAuthenticationEvent event, @Nullable ServletCookieExchange exchange) {
        if (exchange != null && ReportedSignIn.isIn(exchange.request(), reftrail, event)) {
            return;
        }
        Customer customer = customers.resolve(event.getAuthentication());
        if (customer == null) {
            record(SignInReason.NO_CUSTOMER);
            return;
        }
        if (exchange == null) {
            logMissingRequest();
            reftrail.rememberSignIn(customer);
        } else {
            exchange.request().setAttribute(ReportedSignIn.ATTRIBUTE, new ReportedSignIn(reftrail, event));
            if (event.getAuthentication() instanceof PreAuthenticatedAuthenticationToken) {
                ServletCookieExchange.beforeApplication(exchange.request(), () -> reportSignIn(exchange, customer));
            } else {
                reportSignIn(exchange, customer);
            }
        }
    }

    private void reportSignIn(ServletCookieExchange exchange, Customer customer) {
        logger.debug("A sign-in: {}", reftrail.signIn(exchange, customer));
    }

    private void record(SignInReason reason) {
        reftrail.visits().decided(reason, null, null);
    }

    private void logMissingRequest() {
        if (hasLoggedMissingRequest.compareAndSet(false, true)) {
            logger.info(
                    "A customer has signed in outside of a request. The sign-in is stored, but cannot become a lead. If leads are"
                            + " missing, check that the capture filter or a RequestContextFilter precedes Spring Security, that"
                            + " authentication runs on the request's own thread, and that the application's event multicaster does not"
                            + " deliver events on other threads.");
        }
    }

    /** Events arrive on the sign-in's thread, because only that thread knows its request. */
    @Override
    public boolean supportsAsyncExecution() {
        return false;
    }

    /** Registers the listener with the parent contexts, whose events a child context does not receive. */
    @Override
    public void setApplicationContext(ApplicationContext context) {
        loginFilters = new LoginFilters(context);
        for (ApplicationContext parent = context.getParent(); parent != null; parent = parent.getParent()) {
            if (parent instanceof ConfigurableApplicationContext configurable) {
                configurable.addApplicationListener(this);
                ancestors.add(configurable);
            }
        }
    }

    /** Removes the listener from the parent contexts, which can live longer. */
    @Override
    public void destroy() {
        ancestors.forEach(context -> context.removeApplicationListener(this));
        ancestors.clear();
    }

    /**
     * The sign-in that a request has reported. A filter can publish two events for one sign-in, and listeners in two contexts
     * receive each of them. A second plain event counts as a second sign-in, because the transaction of the first one may have been
     * rolled back.
     */
    record ReportedSignIn(Reftrail reftrail, AbstractAuthenticationEvent event) {

        static final String ATTRIBUTE = ReportedSignIn.class.getName();

        private static boolean isIn(HttpServletRequest request, Reftrail reftrail, AbstractAuthenticationEvent event) {
            return request.getAttribute(ATTRIBUTE) instanceof ReportedSignIn reported
                    && reported.reftrail == reftrail
                    && (reported.event == event
                            || (event instanceof InteractiveAuthenticationSuccessEvent
                                    && reported.isOf(event.getAuthentication())));
        }

        /** Returns whether a request has reported this person. */
        static boolean isIn(HttpServletRequest request, Reftrail reftrail, Authentication authentication) {
            return request.getAttribute(ATTRIBUTE) instanceof ReportedSignIn reported
                    && reported.reftrail == reftrail
                    && reported.isOf(authentication);
        }

        private boolean isOf(Authentication authentication) {
            return Objects.equals(event.getAuthentication().getName(), authentication.getName());
        }

        /** Leaves the person out, because an application may log the attributes of a request. */
        @Override
        public String toString() {
            return "ReportedSignIn[" + event.getClass().getSimpleName() + "]";
        }
    }
}
