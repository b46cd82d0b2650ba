package io.reftrail.security.routes;

import io.reftrail.Reftrail;
import io.reftrail.servlet.ReferralCaptureFilter;
import io.reftrail.servlet.ServletCookieExchange;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.filter.DelegatingFilterProxy;
import org.springframework.web.filter.RequestContextFilter;

/** The filters of an application. Where they stand is the application's choice. */
enum Stage {
    SPRING_SESSION,
    CAPTURE,
    REQUEST_CONTEXT,
    INHERITED_REQUEST_CONTEXT,
    SPRING_SECURITY,
    /** What a filter before says of the request, said by hand. */
    SERVE;

    Filter filter(Reftrail reftrail) {
        return switch (this) {
            case SPRING_SESSION -> new DelegatingFilterProxy("springSessionRepositoryFilter");
            case CAPTURE -> ReferralCaptureFilter.builder(reftrail).build();
            case REQUEST_CONTEXT -> new RequestContextFilter();
            case INHERITED_REQUEST_CONTEXT -> inherited();
            case SPRING_SECURITY -> new DelegatingFilterProxy("springSecurityFilterChain");
            case SERVE -> serving(reftrail);
        };
    }

    private static Filter inherited() {
        RequestContextFilter filter = new RequestContextFilter();
        filter.setThreadContextInheritable(true);
        return filter;
    }

    private static Filter serving(Reftrail reftrail) {
        return (request, response, chain) -> {
            ServletCookieExchange exchange =
                    new ServletCookieExchange((HttpServletRequest) request, (HttpServletResponse) response);
            Reftrail.Serving serving = reftrail.serve(exchange);
            try {
                chain.doFilter(request, response);
            } finally {
                serving.close();
            }
        };
    }
}
