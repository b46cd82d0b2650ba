package io.reftrail.security;

import io.reftrail.Reftrail;
import io.reftrail.SignInReason;
import io.reftrail.model.Customer;
import io.reftrail.model.RedactedFailure;
import io.reftrail.security.LeadReportingListener.ReportedSignIn;
import io.reftrail.servlet.ServletCookieExchange;
import io.reftrail.spring.CurrentExchange;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * A filter that reports the sign-ins that only the session shows:
 *
 * <ul>
 *   <li>A sign-in by the application itself, such as a registration that stores a {@link SecurityContext} in the session without the
 *       {@code AuthenticationManager}. Spring Security publishes no event for it. The filter reports it when the request returns.
 *   <li>A sign-in by a form that another site posts: SAML's POST binding, and OpenID Connect's {@code form_post}, which Apple uses. A
 *       browser does not send cookies with {@code SameSite} with such a request (RFC 6265bis, section 4.1.2.7). The filter reports
 *       it at the next request of the session.
 * </ul>
 *
 * <p>Register it as a listener, and as a filter that precedes Spring Security's and follows the capture filter; the starter does both.
 * It creates no session, and never fails a request. Thread-safe.
 */
public final class SessionSignInFilter implements Filter, ApplicationListener<InteractiveAuthenticationSuccessEvent> {

    private static final Logger logger = LoggerFactory.getLogger(SessionSignInFilter.class);

    /**
     * The session attribute with the name of the person whose click the next request looks for: a string, which every store can
     * keep.
     */
    private static final String PENDING = SessionSignInFilter.class.getName();

    private final Reftrail reftrail;
    private final CurrentExchange current;
    private final CustomerResolver customers;
    private final Predicate<Authentication> isSignedIn;

    /**
     * Creates a filter that reports a customer after the first factor.
     *
     * @param reftrail reports the leads
     * @param customers maps an authentication to a customer
     */
    public SessionSignInFilter(Reftrail reftrail, CustomerResolver customers) {
        this(reftrail, customers, authentication -> true);
    }

    /**
     * Creates a filter for an application that asks for several factors.
     *
     * @param reftrail reports the leads
     * @param customers maps an authentication to a customer
     * @param isSignedIn whether an authentication completes the sign-in: the test of the {@link LeadReportingListener}
     */
    public SessionSignInFilter(Reftrail reftrail, CustomerResolver customers, Predicate<Authentication> isSignedIn) {
        this.reftrail = reftrail;
        this.current = new CurrentExchange(reftrail);
        this.customers = customers;
        this.isSignedIn = isSignedIn;
    }

    /** Marks the session if the sign-in's request may lack the visitor's cookies. */
    @Override
    public void onApplicationEvent(InteractiveAuthenticationSuccessEvent event) {
        if (reftrail.visits().reportsSignIns()
                && RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) {
            try {
                HttpServletRequest request = attributes.getRequest();
                HttpSession session = mayLackCookies(request) ? request.getSession(false) : null;
                if (session != null
                        && SignInEvents.of(event, request) == SignInEvents.Meaning.SIGN_IN
                        && isSignedIn.test(event.getAuthentication())) {
                    session.setAttribute(PENDING, event.getAuthentication().getName());
                }
            } catch (RuntimeException | Error failure) {
                logger.warn("Could not store a sign-in from another site", RedactedFailure.of(failure));
                reftrail.visits().decided(SignInReason.FAILED, null, null);
            }
        }
    }

    /** Browsers send the origin of a request (Fetch Metadata, section 2.3), but not on a site without TLS. */
    private static boolean mayLackCookies(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        return site == null ? "POST".equals(request.getMethod()) : site.equals("cross-site");
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest http
                && response instanceof HttpServletResponse httpResponse
                && reftrail.visits().reportsSignIns())) {
            chain.doFilter(request, response);
            return;
        }
        boolean wasSignedIn = isSignedInBefore(http, httpResponse);
        chain.doFilter(request, response);
        if (!wasSignedIn) {
            safely(() -> reportNew(http, httpResponse));
        }
    }

    private boolean isSignedInBefore(HttpServletRequest request, HttpServletResponse response) {
        boolean[] isSignedIn = {true};
        safely(() -> {
            HttpSession session = request.getSession(false);
            Authentication stored = session == null ? null : stored(session);
            isSignedIn[0] = stored != null;
            if (session != null && stored != null) {
                ServletCookieExchange.beforeApplication(
                        request, () -> reportPending(session, stored, request, response));
            }
        });
        return isSignedIn[0];
    }

    private void safely(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error failure) {
            logger.warn(
                    "Could not report a sign-in of the session; the visitor keeps the cookie for the next one",
                    RedactedFailure.of(failure));
            reftrail.visits().decided(SignInReason.FAILED, null, null);
        }
    }

    private static @Nullable Authentication stored(HttpSession session) {
        return session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY)
                        instanceof SecurityContext context
                ? context.getAuthentication()
                : null;
    }

    private void reportPending(
            HttpSession session,
            Authentication authentication,
            HttpServletRequest request,
            HttpServletResponse response) {
        Object pending = session.getAttribute(PENDING);
        if (pending == null) {
            return;
        }
        session.removeAttribute(PENDING);
        Customer customer = pending.equals(authentication.getName()) ? customers.resolve(authentication) : null;
        if (customer == null) {
            reftrail.visits().decided(SignInReason.NO_CUSTOMER, null, null);
        } else {
            logger.debug("A sign-in of an earlier request: {}", reftrail.signIn(exchange(request, response), customer));
        }
    }

    private void reportNew(HttpServletRequest request, HttpServletResponse response) {
        HttpSession session = request.getSession(false);
        Authentication authentication = session == null ? null : stored(session);
        if (session == null
                || authentication == null
                || ReportedSignIn.isIn(request, reftrail, authentication)
                || !SignInEvents.isStoredSignIn(authentication, request)
                || !isSignedIn.test(authentication)) {
            return;
        }
        Customer customer = customers.resolve(authentication);
        if (customer == null) {
            reftrail.visits().decided(SignInReason.NO_CUSTOMER, null, null);
        } else {
            ServletCookieExchange exchange = exchange(request, response);
            boolean hasClick = !reftrail.attributions(exchange).isEmpty();
            logger.debug("A sign-in by the application: {}", reftrail.signIn(exchange, customer));
            if (hasClick && response.isCommitted()) {
                session.setAttribute(PENDING, authentication.getName()); // the next response can expire the cookie
            }
        }
    }

    private ServletCookieExchange exchange(HttpServletRequest request, HttpServletResponse response) {
        ServletCookieExchange outer = current.find();
        return outer == null ? new ServletCookieExchange(request, response) : outer;
    }
}
