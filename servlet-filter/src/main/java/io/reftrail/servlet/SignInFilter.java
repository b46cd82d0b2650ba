package io.reftrail.servlet;

import io.reftrail.Reftrail;
import io.reftrail.model.InvalidSettingException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells {@link Reftrail} who has signed in where the container does it (Servlet 6.0, chapter 13). Register it behind the
 * {@link ReferralCaptureFilter}, and behind any filter that brings a principal of its own, for all paths, with async support;
 * for ASYNC besides REQUEST if the application signs people in there.
 *
 * <p>A sign-in is a call of {@link HttpServletRequest#login} or {@link HttpServletRequest#authenticate} that succeeds, and a
 * request with a principal that was not told of in its session: the first one after a {@code FORM}, or one that an
 * authentication module or a certificate lets in. Where there is no session, the first request with a principal counts, so that
 * the customer is known when a click comes, and each one with a principal and a partner's click. What a container checks with each request, by {@code BASIC} or {@code DIGEST}, is no sign-in.
 *
 * <p>Creates no session, reads neither body nor parameters, and lets no failure of its own reach the application.
 * Thread-safe.
 */
public final class SignInFilter implements Filter {

    private static final Logger logger = LoggerFactory.getLogger(SignInFilter.class);

    private final AtomicBoolean missed = new AtomicBoolean();
    private final boolean configurable;
    private SignIns signIns;

    /** For {@code web.xml}: the init-param {@code customer-resolver} names the class of a resolver. */
    public SignInFilter() {
        this.configurable = true;
        this.signIns = new SignIns(PrincipalCustomerResolver.BY_NAME);
    }

    /** @param customers says who has signed in */
    public SignInFilter(PrincipalCustomerResolver customers) {
        this.configurable = false;
        this.signIns = new SignIns(customers);
    }

    /**
     * Reads the init-params, unless the filter was given a resolver.
     *
     * @throws ServletException if an init-param is unknown or cannot work; the message says what to write instead
     */
    @Override
    public void init(FilterConfig config) throws ServletException {
        if (configurable) {
            try {
                signIns = new SignIns(SignInConfiguration.resolver(config));
            } catch (InvalidSettingException failure) {
                throw new ServletException("Reftrail cannot start: " + failure.getMessage(), failure);
            }
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Reftrail reftrail = reftrail(request);
        if (reftrail == null
                || !(request instanceof HttpServletRequest http)
                || !(response instanceof HttpServletResponse httpResponse)) {
            chain.doFilter(request, response);
            return;
        }
        if (request.getDispatcherType() == DispatcherType.REQUEST) {
            signIns.arrived(reftrail, http, httpResponse);
        }
        HttpServletResponse keptOut = PrivateResponse.where(http, httpResponse);
        chain.doFilter(new SignInRequest(http, keptOut, signIns, reftrail), keptOut);
    }

    /** Returns {@code null} where sign-ins are nobody's business. */
    private @Nullable Reftrail reftrail(ServletRequest request) {
        Reftrail reftrail = ServletReftrail.find(request.getServletContext());
        if (reftrail == null && missed.compareAndSet(false, true)) {
            logger.warn(
                    "No sign-in is reported: the application has no {}", ReferralCaptureFilter.class.getSimpleName());
        }
        return reftrail != null && reftrail.reportsSignIns() ? reftrail : null;
    }
}
