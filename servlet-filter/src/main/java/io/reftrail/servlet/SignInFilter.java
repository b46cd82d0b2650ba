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
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A filter that reports sign-ins that the servlet container performs (Servlet 6.0, chapter 13). Register it behind the
 * {@link ReferralCaptureFilter} and behind any filter that provides a principal of its own, for all paths, with async support. Map
 * it to ASYNC dispatches too if the application signs users in there.
 *
 * <p>The filter reports a successful call of {@link HttpServletRequest#login} or {@link HttpServletRequest#authenticate}, and the
 * first request of a session with a principal, as after {@code FORM} authentication, an authentication module or a client
 * certificate. Without a session it reports the first request with a principal, so that the first sign-in is known when a click
 * comes, and each request with a principal and a click. It ignores {@code BASIC} and {@code DIGEST}, which containers check with
 * each request. A cross-site request comes without most cookies; the sign-in is then reported with the next request of its session.
 *
 * <p>The filter creates no session and reads neither the body nor the parameters. Its failures are logged and never reach the
 * application. Thread-safe.
 */
public final class SignInFilter implements Filter {

    private static final Logger logger = LoggerFactory.getLogger(SignInFilter.class);

    static final String RESOLVER = "customer-resolver";

    private final AtomicBoolean warned = new AtomicBoolean();
    private final boolean configurable;
    private SignInTracker signIns;

    /** Creates a filter for {@code web.xml}. The init-param {@code customer-resolver} names the class of a resolver. */
    public SignInFilter() {
        this.configurable = true;
        this.signIns = new SignInTracker(PrincipalCustomerResolver.BY_NAME);
    }

    /**
     * Creates a filter.
     *
     * @param customers resolves the customer who has signed in
     */
    public SignInFilter(PrincipalCustomerResolver customers) {
        this.configurable = false;
        this.signIns = new SignInTracker(customers);
    }

    /**
     * Reads the init-params, unless the filter was created with a resolver.
     *
     * @throws ServletException if an init-param is unknown or has an invalid value; the message says what to write instead
     */
    @Override
    public void init(FilterConfig config) throws ServletException {
        if (configurable) {
            try {
                signIns = new SignInTracker(resolver(config));
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
            signIns.authenticated(reftrail, http, httpResponse);
        }
        HttpServletResponse guarded = CacheControl.guarded(http, httpResponse);
        chain.doFilter(new SignInRequest(http, guarded, signIns, reftrail), guarded);
    }

    /** Returns {@code null} if sign-ins are not reported. */
    private @Nullable Reftrail reftrail(ServletRequest request) {
        Reftrail reftrail = ServletReftrail.find(request.getServletContext());
        if (reftrail == null && warned.compareAndSet(false, true)) {
            logger.warn(
                    "No sign-in is reported: the application has no {}", ReferralCaptureFilter.class.getSimpleName());
        }
        return reftrail != null && reftrail.visits().reportsSignIns() ? reftrail : null;
    }

    private static PrincipalCustomerResolver resolver(FilterConfig config) {
        InitParameters parameters = new InitParameters(config);
        String name = parameters.text(RESOLVER);
        parameters.refuseUnknown();
        return name == null
                ? PrincipalCustomerResolver.BY_NAME
                : parameters.instance(RESOLVER, name, PrincipalCustomerResolver.class);
    }

    /** A request that reports the application's own calls of {@code login} and {@code authenticate} before the response is sent. */
    private static final class SignInRequest extends HttpServletRequestWrapper {

        private final HttpServletRequest request;
        private final HttpServletResponse response;
        private final SignInTracker signIns;
        private final Reftrail reftrail;

        SignInRequest(
                HttpServletRequest request, HttpServletResponse response, SignInTracker signIns, Reftrail reftrail) {
            super(request);
            this.request = request;
            this.response = response;
            this.signIns = signIns;
            this.reftrail = reftrail;
        }

        @Override
        public void login(String username, String password) throws ServletException {
            super.login(username, password);
            signIns.loggedIn(reftrail, request, response);
        }

        @Override
        public boolean authenticate(HttpServletResponse challenged) throws IOException, ServletException {
            boolean authenticated = super.authenticate(challenged);
            if (authenticated) {
                signIns.authenticated(reftrail, request, response);
            }
            return authenticated;
        }

        @Override
        public void logout() throws ServletException {
            super.logout();
            signIns.loggedOut(request);
        }
    }
}
