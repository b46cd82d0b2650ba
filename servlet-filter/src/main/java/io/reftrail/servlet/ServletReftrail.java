package io.reftrail.servlet;

import io.reftrail.LeadReport;
import io.reftrail.Reftrail;
import io.reftrail.VisitTracking;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.outbox.jdbc.JdbcUnitOfWork;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Static access to the application's {@link Reftrail}, for servlets without dependency injection. */
public final class ServletReftrail {

    private static final Logger logger = LoggerFactory.getLogger(ServletReftrail.class);

    private static final String ATTRIBUTE = Reftrail.class.getName();

    private static final String UNIT_OF_WORK = JdbcUnitOfWork.class.getName();

    private ServletReftrail() {}

    static void register(ServletContext context, JdbcUnitOfWork unitOfWork) {
        context.setAttribute(UNIT_OF_WORK, unitOfWork);
    }

    static void register(ServletContext context, Reftrail reftrail) {
        context.setAttribute(ATTRIBUTE, reftrail);
    }

    /** Returns the instance that the application's {@link ReferralCaptureFilter} uses, or {@code null} without one. */
    public static @Nullable Reftrail find(ServletContext context) {
        return context.getAttribute(ATTRIBUTE) instanceof Reftrail reftrail ? reftrail : null;
    }

    /**
     * Reports a customer who has just signed up. A sign-up servlet needs one call:
     *
     * <pre>{@code ServletReftrail.lead(request, response, Customer.of(user.id()).withEmail(user.email()));}</pre>
     *
     * <p>Call it before the response is committed, so that the visitor's cookie can be expired. If you set {@code Cache-Control}, set
     * it before the call. Never throws.
     *
     * @return the status of the lead for each backend; empty if no partner referred the customer
     * @see Reftrail#lead(io.reftrail.capture.CookieExchange, Customer)
     */
    public static LeadReport lead(HttpServletRequest request, HttpServletResponse response, Customer customer) {
        Reftrail reftrail = find(request, "No lead is reported");
        return reftrail == null
                ? LeadReport.NONE
                : reftrail.lead(new ServletCookieExchange(request, response), customer);
    }

    /**
     * Reports a customer who has just signed up and may have given a code in the form. Otherwise like
     * {@link #lead(HttpServletRequest, HttpServletResponse, Customer)}. Never throws.
     *
     * @param referralCode the code that the visitor has typed; blank if there is none
     * @see Reftrail#lead(io.reftrail.capture.CookieExchange, Customer, String)
     */
    public static LeadReport lead(
            HttpServletRequest request, HttpServletResponse response, Customer customer, String referralCode) {
        Reftrail reftrail = find(request, "No lead is reported");
        return reftrail == null
                ? LeadReport.NONE
                : reftrail.lead(new ServletCookieExchange(request, response), customer, referralCode);
    }

    /**
     * Reports that a customer has signed in, by any means. Call it from a sign-in servlet or a listener of an authentication provider,
     * before the response is committed. Never throws.
     *
     * @return the status of the lead for each backend; empty if no partner referred the customer
     * @see Reftrail#signIn(io.reftrail.capture.CookieExchange, Customer)
     */
    public static LeadReport signIn(HttpServletRequest request, HttpServletResponse response, Customer customer) {
        Reftrail reftrail = find(request, "No sign-in is reported");
        return reftrail == null
                ? LeadReport.NONE
                : reftrail.signIn(new ServletCookieExchange(request, response), customer);
    }

    /**
     * Returns the clicks of a request that have not been reported in it, at most one for each backend. Store them if the sign-up
     * completes later or on another device. Never throws.
     *
     * @see Reftrail#lead(Attribution, Customer)
     */
    public static List<Attribution> attributions(HttpServletRequest request) {
        Reftrail reftrail = find(request, "No click is found");
        return reftrail == null ? List.of() : reftrail.attributions(new ServletCookieExchange(request, null));
    }

    /**
     * Expires the clicks in a visitor's browser, for the site's own "withdraw consent". Call it before the response is committed. Never
     * throws.
     *
     * @see VisitTracking#forgetClick(io.reftrail.capture.CookieExchange)
     */
    public static void forgetClick(HttpServletRequest request, HttpServletResponse response) {
        Reftrail reftrail = find(request, "No click is forgotten");
        if (reftrail != null) {
            reftrail.visits().forgetClick(new ServletCookieExchange(request, response));
        }
    }

    private static @Nullable Reftrail find(HttpServletRequest request, String otherwise) {
        Reftrail reftrail = find(request.getServletContext());
        if (reftrail == null) {
            logger.warn("{}: the application has no {}", otherwise, ReferralCaptureFilter.class.getSimpleName());
        }
        return reftrail;
    }

    /**
     * Runs work in a transaction of this connection and commits it; rolls back if the work throws. Leads that are
     * {@linkplain #lead reported} in it are stored in the same transaction if {@code outbox.data-source} names the connection's
     * database, and otherwise after the commit. After a rollback no lead is stored.
     *
     * <pre>{@code
     * ServletReftrail.inTransaction(request, connection, () -> {
     *     accounts.insert(connection, account);
     *     ServletReftrail.lead(request, response, Customer.of(account.id()));
     * });
     * }</pre>
     *
     * @throws SQLException from the work, or if the commit has failed
     * @throws E from the work
     * @throws IllegalStateException if this thread is already in such a transaction, or the application's filter is not
     *     configured by a {@code web.xml}
     */
    public static <E extends Exception> void inTransaction(
            HttpServletRequest request, Connection connection, JdbcUnitOfWork.Work<E> work) throws SQLException, E {
        if (!(request.getServletContext().getAttribute(UNIT_OF_WORK) instanceof JdbcUnitOfWork unitOfWork)) {
            throw new IllegalStateException("the application has no filter that a web.xml configures");
        }
        unitOfWork.run(connection, work);
    }
}
