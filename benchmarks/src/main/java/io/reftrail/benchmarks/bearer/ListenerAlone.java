package io.reftrail.benchmarks.bearer;

import com.sun.management.ThreadMXBean;
import io.reftrail.Reftrail;
import io.reftrail.security.DefaultCustomerResolver;
import io.reftrail.security.LeadReportingListener;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** What the listener allocates by itself when a bearer token has been accepted. */
final class ListenerAlone {

    private static final int EVENTS = 100_000;

    private final LeadReportingListener listener;

    ListenerAlone(Reftrail reftrail) {
        this.listener = new LeadReportingListener(reftrail, new DefaultCustomerResolver());
    }

    /** Returns the bytes of the least of ten batches of {@value #EVENTS} events. */
    long bytes() {
        Jwt jwt =
                Jwt.withTokenValue("token").header("alg", "none").subject("kim").build();
        AuthenticationSuccessEvent event = new AuthenticationSuccessEvent(new JwtAuthenticationToken(jwt, List.of()));
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/api/orders");
        request.addHeader("Authorization", "Bearer token");
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request, new MockHttpServletResponse()));
        try {
            return leastOfTenBatches(event);
        } finally {
            RequestContextHolder.resetRequestAttributes();
        }
    }

    private long leastOfTenBatches(AuthenticationSuccessEvent event) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int batch = 0; batch < 10; batch++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < EVENTS; i++) {
                listener.onApplicationEvent(event);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
