package io.reftrail.servlet;

import io.reftrail.LeadStatus;
import io.reftrail.Reftrail;
import io.reftrail.model.Customer;
import io.reftrail.model.RedactedFailure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of each sign-in once. Who was told of stands in the session, if there is one; what could not be reported, or came
 * without the cookies, is told again with the next request, as long as there is a click to lose. Never throws.
 */
final class SignIns {

    private static final Logger logger = LoggerFactory.getLogger(SignInFilter.class);

    private static final String TOLD = SignInFilter.class.getName() + ".TOLD";

    private final PrincipalCustomerResolver customers;
    private final LatestNames withoutSession = new LatestNames();

    SignIns(PrincipalCustomerResolver customers) {
        this.customers = customers;
    }

    /** A request has a principal, or has none. */
    void arrived(Reftrail reftrail, HttpServletRequest request, HttpServletResponse response) {
        try {
            Principal principal = somebody(request);
            if (principal != null && !isCheckedWithEachRequest(request) && isNews(principal, reftrail, request)) {
                tell(principal, reftrail, request, response);
            }
        } catch (RuntimeException failure) {
            warn(failure);
        }
    }

    /** The application has signed somebody in, whatever the container does by itself. */
    void loggedIn(Reftrail reftrail, HttpServletRequest request, HttpServletResponse response) {
        try {
            Principal principal = somebody(request);
            if (principal != null) {
                tell(principal, reftrail, request, response);
            }
        } catch (RuntimeException failure) {
            warn(failure);
        }
    }

    /** Whoever signs in next is told of, in the same session too. */
    void loggedOut(HttpServletRequest request) {
        try {
            HttpSession session = request.getSession(false);
            if (session != null) {
                session.removeAttribute(TOLD);
            }
        } catch (RuntimeException invalidated) {
            logger.debug("A session has ended with its sign-out", RedactedFailure.of(invalidated));
        }
    }

    /** Jetty has a principal without a name where an authentication module has said that nobody has signed in. */
    private static @Nullable Principal somebody(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        return principal == null || principal.getName() == null ? null : principal;
    }

    private static boolean isCheckedWithEachRequest(HttpServletRequest request) {
        String type = request.getAuthType();
        return HttpServletRequest.BASIC_AUTH.equals(type) || HttpServletRequest.DIGEST_AUTH.equals(type);
    }

    /** Without a session a customer is told of once, to be known when a click comes, and again whenever one has come. */
    private boolean isNews(Principal principal, Reftrail reftrail, HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null) {
            return withoutSession.add(String.valueOf(principal.getName())) || carriesClick(reftrail, request);
        }
        boolean told = String.valueOf(principal.getName()).equals(session.getAttribute(TOLD));
        return !told && !mayHideItsClick(reftrail, request);
    }

    /** What another site posts or frames comes without {@code SameSite=Lax} cookies (RFC 6265bis, section 4.1.2.7). */
    private static boolean mayHideItsClick(Reftrail reftrail, HttpServletRequest request) {
        return "cross-site".equals(request.getHeader("Sec-Fetch-Site")) && !carriesClick(reftrail, request);
    }

    private static boolean carriesClick(Reftrail reftrail, HttpServletRequest request) {
        return new CarriedClick(reftrail.capture()).isIn(request);
    }

    private void tell(
            Principal principal, Reftrail reftrail, HttpServletRequest request, HttpServletResponse response) {
        boolean told = false;
        try {
            Customer customer = customers.resolve(request);
            Map<String, LeadStatus> statuses = customer == null
                    ? Map.of()
                    : reftrail.signIn(new ServletCookieExchange(request, response), customer);
            told = !statuses.containsValue(LeadStatus.REFUSED);
        } catch (RuntimeException failure) {
            warn(failure);
        }
        if (!told) {
            withoutSession.remove(String.valueOf(principal.getName()));
        }
        HttpSession session = request.getSession(false);
        boolean moreToTell = told ? mayHideItsClick(reftrail, request) : carriesClick(reftrail, request);
        if (session != null && !moreToTell) {
            session.setAttribute(TOLD, String.valueOf(principal.getName()));
        }
    }

    private static void warn(RuntimeException failure) {
        logger.warn(
                "A sign-in could not be reported; the visitor's cookie stays for the next try",
                RedactedFailure.of(failure));
    }
}
