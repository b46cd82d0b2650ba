package io.reftrail.servlet;

import io.reftrail.LeadStatus;
import io.reftrail.Reftrail;
import io.reftrail.model.Customer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the application's {@link Reftrail} from a request, for servlets that no container injects anything into. */
public final class ServletReftrail {

    private static final Logger logger = LoggerFactory.getLogger(ServletReftrail.class);

    private static final String ATTRIBUTE = Reftrail.class.getName();

    private ServletReftrail() {}

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
        Reftrail reftrail = find(request.getServletContext());
        if (reftrail == null) {
            logger.warn("No lead is reported: the application has no {}", ReferralCaptureFilter.class.getSimpleName());
            return Map.of();
        }
        return reftrail.lead(new ServletCookieExchange(request, response), customer);
    }
}
