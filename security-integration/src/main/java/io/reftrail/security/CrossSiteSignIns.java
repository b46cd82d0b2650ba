package io.reftrail.security;

import io.reftrail.Reftrail;
import io.reftrail.model.Customer;
import io.reftrail.model.RedactedFailure;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Reports customers who were signed in by another site's form: SAML's POST binding, and OpenID Connect's form_post, which
 * Apple uses. A browser keeps cookies with {@code SameSite} back from such a request (RFC 6265bis, section 4.1.2.7), so the
 * sign-in knows nothing of the click; the request after it does. In between the session remembers that there was one.
 *
 * <p>To be registered as a listener, and as a filter behind Spring Security's; the starter does both. Without a session
 * nothing is remembered. Never fails a request. Thread-safe.
 */
public final class CrossSiteSignIns implements Filter, ApplicationListener<InteractiveAuthenticationSuccessEvent> {

    private static final Logger logger = LoggerFactory.getLogger(CrossSiteSignIns.class);

    /** Holds the name of whoever has signed in: a text, which every session store can keep. */
    private static final String WAITING = CrossSiteSignIns.class.getName();

    private final Reftrail reftrail;
    private final CurrentExchange current;
    private final CustomerResolver customers;
    private final Predicate<Authentication> isSignedIn;

    /**
     * Reports a customer after the first factor.
     *
     * @param reftrail where leads go
     * @param customers who has signed in
     */
    public CrossSiteSignIns(Reftrail reftrail, CustomerResolver customers) {
        this(reftrail, customers, authentication -> true);
    }

    /**
     * For applications that ask for several factors.
     *
     * @param reftrail where leads go
     * @param customers who has signed in
     * @param isSignedIn whether an authentication makes a sign-in complete: what the {@link LeadReportingListener} asks
     */
    public CrossSiteSignIns(Reftrail reftrail, CustomerResolver customers, Predicate<Authentication> isSignedIn) {
        this.reftrail = reftrail;
        this.current = new CurrentExchange(reftrail);
        this.customers = customers;
        this.isSignedIn = isSignedIn;
    }

    @Override
    public void onApplicationEvent(InteractiveAuthenticationSuccessEvent event) {
        if (reftrail.visits().reportsSignIns()
                && RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) {
            try {
                HttpServletRequest request = attributes.getRequest();
                if (SignInEvents.of(event, request) == SignInEvents.Meaning.SIGN_IN
                        && isSignedIn.test(event.getAuthentication())) {
                    remember(event.getAuthentication(), request);
                }
            } catch (RuntimeException | Error failure) {
                logger.warn("A sign-in from another site could not be remembered", RedactedFailure.of(failure));
            }
        }
    }

    private static void remember(Authentication authentication, HttpServletRequest request) {
        HttpSession session = mayLackCookies(request) ? request.getSession(false) : null;
        if (session != null) {
            session.setAttribute(WAITING, authentication.getName());
        }
    }

    /** Browsers say where a request comes from (Fetch Metadata, section 2.3), but not on a site without TLS. */
    private static boolean mayLackCookies(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        return site == null ? "POST".equals(request.getMethod()) : site.equals("cross-site");
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest http && response instanceof HttpServletResponse httpResponse) {
            try {
                makeUpFor(http, httpResponse);
            } catch (RuntimeException | Error failure) {
                logger.warn(
                        "A sign-in from another site could not be reported; the visitor's cookie stays for the next one",
                        RedactedFailure.of(failure));
            }
        }
        chain.doFilter(request, response);
    }

    private void makeUpFor(HttpServletRequest request, HttpServletResponse response) {
        HttpSession session = request.getSession(false);
        Object waiting = session == null ? null : session.getAttribute(WAITING);
        Authentication authentication =
                waiting == null ? null : SecurityContextHolder.getContext().getAuthentication();
        if (session != null && waiting != null && authentication != null) {
            session.removeAttribute(WAITING);
            Customer customer = waiting.equals(authentication.getName()) ? customers.resolve(authentication) : null;
            if (customer != null) {
                logger.debug("A sign-in from another site: {}", reftrail.signIn(exchange(request, response), customer));
            }
        }
    }

    /** The request before Spring Security's: that one repeats the headers, and the cookies, of the page before the sign-in. */
    private ServletCookieExchange exchange(HttpServletRequest request, HttpServletResponse response) {
        ServletCookieExchange outer = current.find();
        return outer == null ? new ServletCookieExchange(request, response) : outer;
    }
}
