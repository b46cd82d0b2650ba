package io.reftrail.servlet;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A filter of a {@code web.xml} with its start observed, since servers tell why one failed in a log only. */
final class ObservedFilter implements Filter {

    private final Filter filter;
    private @Nullable ServletContext context;
    private @Nullable Exception failure;

    ObservedFilter() {
        this(new ReferralCaptureFilter());
    }

    ObservedFilter(Filter filter) {
        this.filter = filter;
    }

    @Override
    public void init(FilterConfig config) throws ServletException {
        context = config.getServletContext();
        try {
            filter.init(config);
        } catch (ServletException | RuntimeException problem) {
            failure = problem;
            throw problem;
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        filter.doFilter(request, response, chain);
    }

    @Override
    public void destroy() {
        filter.destroy();
    }

    @Nullable
    ServletContext context() {
        return context;
    }

    @Nullable
    Exception failure() {
        return failure;
    }
}
