package io.reftrail.servlet;

import io.reftrail.LeadReport;
import io.reftrail.Reftrail;
import io.reftrail.SignInReason;
import io.reftrail.model.Customer;
import io.reftrail.model.RedactedFailure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tracker that reports each sign-in once. The session, if there is one, holds the reported principal. A sign-in is reported
 * again with the next request if it could not be stored, or if the request came without its cookies. Thread-safe; no method throws.
 */
final class SignInTracker {

    private static final Logger logger = LoggerFactory.getLogger(SignInFilter.class);

    private static final String REPORTED = SignInFilter.class.getName() + ".TOLD";

    private final PrincipalCustomerResolver customers;
    private final RecentPrincipals withoutSession = new RecentPrincipals();

    SignInTracker(PrincipalCustomerResolver customers) {
        this.customers = customers;
    }

    /** Reports the request's principal, if there is one that has not been reported in its session. */
    void authenticated(Reftrail reftrail, HttpServletRequest request, HttpServletResponse response) {
        try {
            Principal principal = principal(request);
            if (principal != null && !isCheckedWithEachRequest(request) && isNew(principal, reftrail, request)) {
                ServletCookieExchange.beforeApplication(request, () -> report(principal, reftrail, request, response));
            }
        } catch (RuntimeException failure) {
            warn(reftrail, failure);
        }
    }

    /** Reports the principal after a call of {@code login}, whatever the container's own authentication method is. */
    void loggedIn(Reftrail reftrail, HttpServletRequest request, HttpServletResponse response) {
        try {
            Principal principal = principal(request);
            if (principal != null) {
                report(principal, reftrail, request, response);
            }
        } catch (RuntimeException failure) {
            warn(reftrail, failure);
        }
    }

    /** Forgets the reported principal, so that the next sign-in in the same session is reported. */
    void loggedOut(HttpServletRequest request) {
        try {
            HttpSession session = request.getSession(false);
            if (session != null) {
                session.removeAttribute(REPORTED);
            }
        } catch (RuntimeException invalidated) {
            logger.debug("The session ended with its sign-out", RedactedFailure.of(invalidated));
        }
    }

    /** Also returns {@code null} for Jetty's principal without a name, by which an authentication module refuses a caller. */
    private static @Nullable Principal principal(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        return principal == null || principal.getName() == null ? null : principal;
    }

    private static boolean isCheckedWithEachRequest(HttpServletRequest request) {
        String type = request.getAuthType();
        return HttpServletRequest.BASIC_AUTH.equals(type) || HttpServletRequest.DIGEST_AUTH.equals(type);
    }

    private boolean isNew(Principal principal, Reftrail reftrail, HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null) {
            return withoutSession.add(principal.getName()) || carriesClick(reftrail, request);
        }
        boolean reported = principal.getName().equals(session.getAttribute(REPORTED));
        return !reported && !mayLackItsCookies(reftrail, request);
    }

    /** Cross-site requests come without {@code SameSite=Lax} cookies unless they are top-level GETs (RFC 6265bis, 4.1.2.7). */
    private static boolean mayLackItsCookies(Reftrail reftrail, HttpServletRequest request) {
        return "cross-site".equals(RequestHeaders.first(request, "Sec-Fetch-Site")) && !carriesClick(reftrail, request);
    }

    private static boolean carriesClick(Reftrail reftrail, HttpServletRequest request) {
        return CaptureChain.carriesClick(reftrail.visits().capture(), request);
    }

    private void report(
            Principal principal, Reftrail reftrail, HttpServletRequest request, HttpServletResponse response) {
        boolean reported = false;
        try {
            Customer customer = customers.resolve(request);
            if (customer == null) {
                reftrail.visits().decided(SignInReason.NO_CUSTOMER, null, null);
            }
            LeadReport report = customer == null
                    ? LeadReport.NONE
                    : reftrail.signIn(new ServletCookieExchange(request, response), customer);
            reported = report.refused().isEmpty();
        } catch (RuntimeException failure) {
            warn(reftrail, failure);
        }
        if (!reported) {
            withoutSession.remove(principal.getName());
        }
        HttpSession session = request.getSession(false);
        boolean again = reported ? mayLackItsCookies(reftrail, request) : carriesClick(reftrail, request);
        if (session != null && !again) {
            session.setAttribute(REPORTED, principal.getName());
        }
    }

    private static void warn(Reftrail reftrail, RuntimeException failure) {
        reftrail.visits().decided(SignInReason.FAILED, null, null);
        logger.warn(
                "Could not report a sign-in; the visitor's cookie is kept and the next request retries",
                RedactedFailure.of(failure));
    }

    /** The principals without a session that were reported most recently. Thread-safe. */
    private static final class RecentPrincipals {

        private static final int CAPACITY = 10_000;

        private final Set<String> names = Collections.newSetFromMap(new LinkedHashMap<>() {

            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > CAPACITY;
            }
        });

        /** Returns whether the name is new. */
        boolean add(String name) {
            synchronized (names) {
                return names.add(name);
            }
        }

        void remove(String name) {
            synchronized (names) {
                names.remove(name);
            }
        }
    }
}
