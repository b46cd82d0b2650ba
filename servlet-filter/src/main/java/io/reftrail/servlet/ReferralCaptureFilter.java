package io.reftrail.servlet;

import io.reftrail.Reftrail;
import io.reftrail.capture.CapturedQuery;
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
 * Captures clicks: keeps the click id of a partner's link in a first-party cookie and takes it out of the URL. Register
 * it for all paths, before every filter that answers requests itself (security above all), with async support, for the REQUEST,
 * ASYNC and ERROR dispatches. Only requests are captured; in the other dispatches pages with a cookie of ours are kept out of
 * shared caches. Reads the raw query string, the raw {@code Cookie} header and a few others; never
 * the body, the parameters or the session. No failure of its own reaches the application. Thread-safe.
 *
 * <p>In a {@code web.xml} it is configured by init-params ({@code docs/configuration.md}), builds a {@link Reftrail},
 * and closes it; elsewhere it is given one by {@link #builder(Reftrail)}. Either way
 * {@link ServletReftrail} finds that instance.
 */
public final class ReferralCaptureFilter implements Filter {

    /** Where the filter stands in Spring Boot: before Spring Security (-100), behind forwarded-header handling. */
    public static final int DEFAULT_ORDER = -110;

    private static final Logger logger = LoggerFactory.getLogger(ReferralCaptureFilter.class);

    private static final String HANDLED = ReferralCaptureFilter.class.getName() + ".HANDLED";

    private final boolean builds;
    private @Nullable Reftrail reftrail;
    private @Nullable LandingProcessor processor;
    private @Nullable HandOver handOver;
    private @Nullable CarriedClick carriedClick;
    private @Nullable Withdrawal withdrawal;
    private volatile boolean registered;

    /** For {@code web.xml}: configured by init-params. */
    public ReferralCaptureFilter() {
        this.builds = true;
    }

    private ReferralCaptureFilter(Reftrail reftrail, FilterSettings settings) {
        this.builds = false;
        use(reftrail, settings);
    }

    /** Returns a builder of a filter that uses, and does not close, the given instance. */
    public static Builder builder(Reftrail reftrail) {
        return new Builder(reftrail);
    }

    private void use(Reftrail instance, FilterSettings settings) {
        this.reftrail = instance;
        this.processor = new LandingProcessor(instance, settings);
        this.handOver = new HandOver(instance, settings);
        this.carriedClick = new CarriedClick(instance.capture());
        this.withdrawal = new Withdrawal(instance, settings);
    }

    /**
     * Reads the init-params, unless the filter came from its builder.
     *
     * @throws ServletException if an init-param is unknown or cannot work; the message says what to write instead
     */
    @Override
    public void init(FilterConfig config) throws ServletException {
        ServletContext context = config.getServletContext();
        if (builds) {
            try {
                FilterConfiguration configuration = new FilterConfiguration(config);
                JdbcUnitOfWork unitOfWork = new JdbcUnitOfWork();
                Reftrail built = configuration.reftrail(unitOfWork, context.getContextPath());
                use(built, configuration.settings());
                built.start();
                ServletReftrail.register(context, unitOfWork);
            } catch (InvalidSettingException | OutboxException failure) {
                throw new ServletException("Reftrail cannot start: " + failure.getMessage(), failure);
            }
        }
        register(context);
    }

    private void register(ServletContext context) {
        ServletReftrail.register(context, reftrail);
        registered = true;
    }

    /** Where nobody calls {@link #init}, as Spring's {@code DelegatingFilterProxy} does not. Tried once; never fails a request. */
    private void registerLate(HttpServletRequest request) {
        registered = true;
        try {
            register(request.getServletContext());
        } catch (RuntimeException failure) {
            logger.warn("ServletReftrail will not find this filter's instance", RedactedFailure.of(failure));
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest http) || !(response instanceof HttpServletResponse httpResponse)) {
            chain.doFilter(request, response);
        } else if (request.getDispatcherType() != DispatcherType.REQUEST) {
            chain.doFilter(http, PrivateResponse.where(http, httpResponse));
        } else {
            if (!registered && reftrail != null) {
                registerLate(http);
            }
            doFilter(http, httpResponse, chain);
            if (SharedCaches.mustBeKeptOut(http) && !http.isAsyncStarted() && !httpResponse.isCommitted()) {
                SharedCaches.keepOut(http, httpResponse);
            }
        }
    }

    private void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean carried = carriedClick != null && carriedClick.isIn(request) && !isWithdrawn(request, response);
        CapturedQuery query = request.getQueryString() == null ? null : read(request);
        if (query == null) {
            if (carried) {
                handOver(request, response);
            }
            goOn(carried, request, response, chain);
            return;
        }
        switch (process(query, request, response)) {
            case UNTOUCHED -> goOn(carried, request, response, chain);
            case STRIPPED -> goOn(carried, new StrippedRequest(request, query), response, chain);
            case REDIRECTED -> logger.debug("Redirected a landing to its clean URL");
        }
    }

    /** Whoever cannot be handed the exchange finds it at {@link Reftrail#exchange()}, where a click may be at hand. */
    private void goOn(boolean carried, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!carried || reftrail == null) {
            chain.doFilter(request, PrivateResponse.where(request, response));
            return;
        }
        HttpServletResponse mayBePrivate = new PrivateResponse(request, response);
        Reftrail.Serving serving = reftrail.serve(new ServletCookieExchange(request, mayBePrivate));
        try {
            chain.doFilter(request, mayBePrivate);
        } finally {
            serving.close();
        }
    }

    private boolean isWithdrawn(HttpServletRequest request, HttpServletResponse response) {
        try {
            return withdrawal != null && withdrawal.run(request, response);
        } catch (RuntimeException failure) {
            logger.warn("Whether a visitor refuses is not known; the click stays", RedactedFailure.of(failure));
            return false;
        }
    }

    private void handOver(HttpServletRequest request, HttpServletResponse response) {
        try {
            if (handOver != null) {
                handOver.run(request, response);
            }
        } catch (RuntimeException failure) {
            logger.warn("A click id could not be handed over", RedactedFailure.of(failure));
        }
    }

    private @Nullable CapturedQuery read(HttpServletRequest request) {
        try {
            return reftrail == null ? null : reftrail.capture().read(request.getQueryString());
        } catch (RuntimeException failure) {
            logger.warn("A query could not be read; the request goes on as it came", RedactedFailure.of(failure));
            return null;
        }
    }

    private Landing process(CapturedQuery query, HttpServletRequest request, HttpServletResponse response) {
        try {
            if (processor == null || request.getAttribute(HANDLED) != null) {
                return Landing.UNTOUCHED;
            }
            request.setAttribute(HANDLED, true);
            return processor.process(query, request, response);
        } catch (RuntimeException failure) {
            logger.warn("A click could not be captured; the request goes on as it came", RedactedFailure.of(failure));
            return Landing.UNTOUCHED;
        }
    }

    /** Closes the {@link Reftrail} that {@link #init} built. */
    @Override
    public void destroy() {
        if (builds && reftrail != null) {
            reftrail.close();
        }
    }

    /** Builds a filter. Not thread-safe. */
    public static final class Builder {

        private final Reftrail reftrail;
        private FilterSettings settings = FilterSettings.DEFAULT;

        private Builder(Reftrail reftrail) {
            this.reftrail = reftrail;
        }

        /** Sets how captured parameters leave the URL; by default by a redirect. */
        public Builder strip(StripMode strip) {
            settings = new FilterSettings(strip, settings.excludes(), settings.consent());
            return this;
        }

        /**
         * Sets paths inside the application that are left alone: exact ({@code /health}), by prefix ({@code /api/*}) or
         * by extension ({@code *.json}); by default none.
         *
         * @throws InvalidSettingException if a pattern is none of these
         */
        public Builder exclude(List<String> patterns) {
            settings = new FilterSettings(settings.strip(), patterns, settings.consent());
            return this;
        }

        /** Sets whose clicks may be kept; by default everybody's. */
        public Builder consent(ConsentPolicy policy) {
            settings = new FilterSettings(settings.strip(), settings.excludes(), policy);
            return this;
        }

        /** Returns the filter. */
        public ReferralCaptureFilter build() {
            return new ReferralCaptureFilter(reftrail, settings);
        }
    }
}
