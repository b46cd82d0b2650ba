package io.reftrail.security.routes;

import io.reftrail.Reftrail;
import io.reftrail.servlet.ReferralCaptureFilter;
import jakarta.servlet.Filter;
import org.springframework.web.filter.DelegatingFilterProxy;
import org.springframework.web.filter.RequestContextFilter;

/** The filters of an application. Where they stand is the application's choice. */
enum Stage {
    SPRING_SESSION,
    CAPTURE,
    REQUEST_CONTEXT,
    INHERITED_REQUEST_CONTEXT,
    SESSION_SIGN_INS,
    SPRING_SECURITY;

    Filter filter(Reftrail reftrail) {
        return switch (this) {
            case SPRING_SESSION -> new DelegatingFilterProxy("springSessionRepositoryFilter");
            case CAPTURE -> ReferralCaptureFilter.builder(reftrail).build();
            case REQUEST_CONTEXT -> new RequestContextFilter();
            case INHERITED_REQUEST_CONTEXT -> inherited();
            case SESSION_SIGN_INS -> new DelegatingFilterProxy("sessionSignIns");
            case SPRING_SECURITY -> new DelegatingFilterProxy("springSecurityFilterChain");
        };
    }

    private static Filter inherited() {
        RequestContextFilter filter = new RequestContextFilter();
        filter.setThreadContextInheritable(true);
        return filter;
    }
}
