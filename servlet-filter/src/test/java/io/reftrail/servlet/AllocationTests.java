package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.reftrail.Reftrail;
import io.reftrail.backend.affitor.AffitorBackend;
import io.reftrail.backend.dub.DubBackend;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.Mockito;

/** Promise 3: a request without a captured parameter allocates nothing. One batch may be disturbed, not each of ten. */
class AllocationTests {

    private static final int ROUNDS = 20_000;
    private static final String LONG = "q=shoes%20red&page=2&sort=price+asc&irw_idx=1&vial=news&filter=%5B%22a%22%5D&"
            .repeat(3)
            .substring(0, 200);

    private static final String COOKIES =
            "sid=0123456789abcdef; theme=dark; lang=en; cart=1; a=1; b=2; c=3; d=4; e=5; f=6";

    private static final FilterChain CHAIN = (request, response) -> {};

    static List<@Nullable String> queries() {
        return Stream.of(null, "", "a=b", LONG).toList();
    }

    @ParameterizedTest
    @MethodSource("queries")
    void isFreeWithoutACapturedParameter(@Nullable String query) throws IOException, ServletException {
        try (Reftrail reftrail = Kits.builder(new Captures())
                .backend(AffitorBackend.of("token"))
                .backend(DubBackend.builder("key").domain("go.example.com").build())
                .build()) {
            ReferralCaptureFilter filter = ReferralCaptureFilter.builder(reftrail)
                    .exclude(List.of("/health", "/api/*"))
                    .consent(ConsentPolicy.GLOBAL_PRIVACY_CONTROL)
                    .build();
            HttpServletRequest request = new QueryRequest(query);
            HttpServletResponse response = Mockito.mock(HttpServletResponse.class);

            long least = Long.MAX_VALUE;
            for (int batch = 0; batch < 10 && least > 0; batch++) {
                least = Math.min(least, allocatedBy(filter, request, response));
            }

            assertThat(least).isZero();
        }
    }

    private static long allocatedBy(
            ReferralCaptureFilter filter, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < ROUNDS; i++) {
            filter.doFilter(request, response, CHAIN);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    /** Answers five questions without allocating; any other reaches a mock. */
    private static final class QueryRequest extends HttpServletRequestWrapper {

        private final @Nullable String query;

        QueryRequest(@Nullable String query) {
            super(Mockito.mock(HttpServletRequest.class));
            this.query = query;
        }

        @Override
        public @Nullable String getQueryString() {
            return query;
        }

        @Override
        public @Nullable String getHeader(String name) {
            return name.equals("Cookie") ? COOKIES : null;
        }

        @Override
        public String getProtocol() {
            return "HTTP/1.1";
        }

        @Override
        public DispatcherType getDispatcherType() {
            return DispatcherType.REQUEST;
        }

        @Override
        public @Nullable Object getAttribute(String name) {
            return null;
        }
    }
}
