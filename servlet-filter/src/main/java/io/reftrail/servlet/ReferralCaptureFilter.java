package io.reftrail.servlet;

import io.reftrail.Reftrail;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.model.RedactedFailure;
import io.reftrail.outbox.OutboxException;
import io.reftrail.outbox.jdbc.JdbcUnitOfWork;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A filter that captures clicks: it stores the click id of a partner's link in a first-party cookie and removes it from the URL.
 *
 * <p>Register it for all paths, before every filter that answers requests (in particular Spring Security), with async support, for the
 * REQUEST, ASYNC and ERROR dispatches. It captures in REQUEST dispatches only; in the others it keeps responses with cookies of
 * Reftrail out of shared caches. It reads the query string and some headers, and never the body, the parameters or the session. Its
 * failures are logged and never reach the application. Thread-safe.
 *
 * <p>In a {@code web.xml} the filter is configured by init-params ({@code docs/configuration.md}); it then builds a {@link Reftrail} and
 * closes it. Elsewhere you pass an instance to {@link #builder(Reftrail)}. {@link ServletReftrail} finds the instance in both cases.
 */
public final class ReferralCaptureFilter implements Filter {

    /** The filter's order in Spring Boot: before Spring Security (-100), behind the handling of forwarded headers. */
    public static final int DEFAULT_ORDER = -110;

    private static final Logger logger = LoggerFactory.getLogger(ReferralCaptureFilter.class);

    private final boolean configurable;
    private @Nullable CaptureChain capture;
    private volatile boolean registered;

    /** Creates a filter for {@code web.xml}, which is configured by init-params. */
    public ReferralCaptureFilter() {
        this.configurable = true;
    }

    private ReferralCaptureFilter(CaptureChain capture) {
        this.configurable = false;
        this.capture = capture;
    }

    /** Returns a builder of a filter that uses the given instance and does not close it. */
    public static Builder builder(Reftrail reftrail) {
        return new Builder(reftrail);
    }

    /**
     * Reads the init-params and builds the instance, unless the filter was created by its builder.
     *
     * @throws ServletException if an init-param is unknown or has an invalid value; the message says what to write instead
     */
    @Override
    public void init(FilterConfig config) throws ServletException {
        ServletContext context = config.getServletContext();
        if (configurable) {
            try {
                FilterConfiguration configuration = new FilterConfiguration(config);
                JdbcUnitOfWork unitOfWork = new JdbcUnitOfWork();
                Reftrail built = configuration.reftrail(unitOfWork, context.getContextPath());
                capture = new CaptureChain(built, configuration.settings());
                built.operations().start();
                ServletReftrail.register(context, unitOfWork);
                warnOfUnknownAge(built, context);
            } catch (InvalidSettingException | OutboxException failure) {
                throw new ServletException("Reftrail cannot start: " + failure.getMessage(), failure);
            }
        }
        if (capture != null) {
            register(capture, context);
        }
    }

    /** Only the sign-ins that the {@link SignInFilter} reports by the name alone have no age. */
    private static void warnOfUnknownAge(Reftrail reftrail, ServletContext context) {
        boolean byName = context.getFilterRegistrations().values().stream()
                .anyMatch(filter -> SignInFilter.class.getName().equals(filter.getClassName())
                        && filter.getInitParameter(SignInFilter.RESOLVER) == null);
        if (byName && !reftrail.backends().isEmpty() && reftrail.operations().holdsUnknownAge()) {
            logger.warn(
                    "Customers without createdAt are not reported at sign-in, because an existing customer cannot be told"
                            + " from a new one: give customers createdAt in a PrincipalCustomerResolver (the SignInFilter's init-param"
                            + " customer-resolver), call seed(...) once with the existing customers, set the init-param lead.cut-off, or"
                            + " write lead.unknown-age=report if there are no customers from before.");
        }
    }

    private void register(CaptureChain chain, ServletContext context) {
        ServletReftrail.register(context, chain.reftrail());
        registered = true;
    }

    /** Registers the instance at the first request if nothing calls {@link #init}, as with Spring's {@code DelegatingFilterProxy}. */
    private void registerLate(CaptureChain chain, HttpServletRequest request) {
        registered = true;
        try {
            register(chain, request.getServletContext());
        } catch (RuntimeException failure) {
            logger.warn("ServletReftrail will not find this filter's instance", RedactedFailure.of(failure));
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (capture == null
                || !(request instanceof HttpServletRequest http)
                || !(response instanceof HttpServletResponse httpResponse)) {
            chain.doFilter(request, response);
        } else if (request.getDispatcherType() != DispatcherType.REQUEST) {
            chain.doFilter(http, CacheControl.guarded(http, httpResponse));
        } else {
            if (!registered) {
                registerLate(capture, http);
            }
            boolean called = capture.doFilter(http, httpResponse, chain);
            if (called
                    && CacheControl.isStoringForbidden(http)
                    && !http.isAsyncStarted()
                    && !httpResponse.isCommitted()) {
                CacheControl.forbidStoring(http, httpResponse);
            }
        }
    }

    /** Closes the {@link Reftrail} that {@link #init} built. */
    @Override
    public void destroy() {
        if (configurable && capture != null) {
            capture.reftrail().close();
        }
    }

    /** A builder of filters. Not thread-safe. */
    public static final class Builder {

        private final Reftrail reftrail;
        private FilterSettings settings = FilterSettings.DEFAULT;

        private Builder(Reftrail reftrail) {
            this.reftrail = reftrail;
        }

        /** Sets how captured parameters are removed from the URL; by default by a redirect. */
        public Builder strip(StripMode strip) {
            settings = settings.withStrip(strip);
            return this;
        }

        /**
         * Sets paths inside the application that the filter ignores: exact ({@code /health}), by prefix ({@code /api/*}) or by
         * extension ({@code *.json}); by default none.
         *
         * @throws InvalidSettingException if a pattern has another form
         */
        public Builder exclude(List<String> patterns) {
            settings = settings.withExcludes(patterns);
            return this;
        }

        /** Sets the consent policy; by default {@link ConsentPolicy#ALWAYS}. */
        public Builder consent(ConsentPolicy policy) {
            settings = settings.withConsent(policy);
            return this;
        }

        /**
         * Sets how many bytes the header of a landing's response may have; by default 4096, the buffer of nginx. A redirect that would
         * exceed it is not sent, and the request is wrapped instead.
         *
         * @throws InvalidSettingException if the limit is less than 1024
         */
        public Builder responseHeaderLimit(int bytes) {
            settings = settings.withResponseHeaderLimit(bytes);
            return this;
        }

        /**
         * Sets whether the response to a landing has a header {@code Reftrail-Decision} that tells developers what was done and
         * why; by default it has none.
         */
        public Builder explain(boolean explain) {
            settings = settings.withExplain(explain);
            return this;
        }

        /** Returns the filter. */
        public ReferralCaptureFilter build() {
            return new ReferralCaptureFilter(new CaptureChain(reftrail, settings));
        }
    }
}
