package io.reftrail.servlet;

import io.reftrail.LeadStatus;
import io.reftrail.Reftrail;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.outbox.jdbc.JdbcUnitOfWork;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the application's {@link Reftrail} from a request, for servlets that no container injects anything into. */
public final class ServletReftrail {

    private static final Logger logger = LoggerFactory.getLogger(ServletReftrail.class);

    private static final String ATTRIBUTE = Reftrail.class.getName();

    private static final String UNIT_OF_WORK = JdbcUnitOfWork.class.getName();

    private ServletReftrail() {}

    static void register(ServletContext context, JdbcUnitOfWork unitOfWork) {
        context.setAttribute(UNIT_OF_WORK, unitOfWork);
    }

    static void register(ServletContext context, @Nullable Reftrail reftrail) {
        context.setAttribute(ATTRIBUTE, reftrail);
    }

    /** Returns the instance that the application's {@link ReferralCaptureFilter} uses, or {@code null} without one. */
    public static @Nullable Reftrail find(ServletContext context) {
        return context.getAttribute(ATTRIBUTE) instanceof Reftrail reftrail ? reftrail : null;
    }

    /**
     * Reports a customer who has just signed up. The whole of what a sign-up servlet has to do:
     *
     * <pre>{@code ServletReftrail.lead(request, response, Customer.of(user.id()).withEmail(user.email()));}</pre>
     *
     * <p>Call it before the response is committed, so that the visitor's cookie can be expired, and set
     * {@code Cache-Control}, if at all, before the call. Never throws.
     *
     * @return what became of the lead, by backend; empty if no partner has brought the customer
     * @see Reftrail#lead(io.reftrail.capture.CookieExchange, Customer)
     */
    public static Map<String, LeadStatus> lead(
            HttpServletRequest request, HttpServletResponse response, Customer customer) {
        Reftrail reftrail = find(request, "No lead is reported");
        return reftrail == null ? Map.of() : reftrail.lead(new ServletCookieExchange(request, response), customer);
    }

    /**
     * Tells that a customer has signed in, by whatever means: the whole of what a sign-in servlet, or a listener of an
     * authentication provider, has to do. To be called before the response is committed. Never throws.
     *
     * @return what became of the lead, by backend; empty if no partner has brought the customer
     * @see Reftrail#signIn(io.reftrail.capture.CookieExchange, Customer)
     */
    public static Map<String, LeadStatus> signIn(
            HttpServletRequest request, HttpServletResponse response, Customer customer) {
        Reftrail reftrail = find(request, "No sign-in is reported");
        return reftrail == null ? Map.of() : reftrail.signIn(new ServletCookieExchange(request, response), customer);
    }

    /**
     * Returns the clicks that a request carries and that nobody has reported in it, at most one for each backend: what an
     * application keeps that signs people up later, or on another device. Never throws.
     *
     * @see Reftrail#lead(Attribution, Customer)
     */
    public static List<Attribution> attributions(HttpServletRequest request) {
        Reftrail reftrail = find(request, "No click is found");
        return reftrail == null ? List.of() : reftrail.attributions(new ServletCookieExchange(request, null));
    }

    /**
     * Takes back the clicks that a visitor's browser keeps: for the site's own "withdraw consent". To be called before the
     * response is committed. Never throws.
     *
     * @see Reftrail#forgetClick(io.reftrail.capture.CookieExchange)
     */
    public static void forgetClick(HttpServletRequest request, HttpServletResponse response) {
        Reftrail reftrail = find(request, "No click is forgotten");
        if (reftrail != null) {
            reftrail.forgetClick(new ServletCookieExchange(request, response));
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
     * Runs work in a transaction of this connection and commits it; rolls back if it throws. Leads that are
     * {@linkplain #lead reported} in it are kept in the same transaction where {@code outbox.data-source} names the
     * connection's database, and otherwise after its commit; after a rollback there are none.
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
     * @throws IllegalStateException if this thread is in such a transaction already, or the application's filter is not
     *     one that a {@code web.xml} configures
     */
    public static <E extends Exception> void inTransaction(
            HttpServletRequest request, Connection connection, JdbcUnitOfWork.Work<E> work) throws SQLException, E {
        if (!(request.getServletContext().getAttribute(UNIT_OF_WORK) instanceof JdbcUnitOfWork unitOfWork)) {
            throw new IllegalStateException("the application has no filter that a web.xml configures");
        }
        unitOfWork.run(connection, work);
    }
}
