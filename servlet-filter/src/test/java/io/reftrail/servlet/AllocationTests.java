package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.reftrail.Reftrail;
import io.reftrail.ReftrailBuilder;
import io.reftrail.backend.affitor.AffitorBackend;
import io.reftrail.backend.dub.DubBackend;
import io.reftrail.capture.TouchSettings;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        assertThatNothingIsAllocated(Kits.builder(new Captures()), new QueryRequest(query));
    }

    /** A page within the site, and a part of a page, by browsers with and without Fetch Metadata. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "https://shop.example.com/a, same-origin, document",
                "https://shop.example.com/a, none, none",
                "https://shop.example.com/a, same-origin, image",
                "https://www.google.com/, cross-site, image",
                "none, same-site, document",
                "none, none, empty",
            })
    void isFreeWithoutAVisitFromOutside(@Nullable String referrer, @Nullable String site, @Nullable String destination)
            throws IOException, ServletException {
        QueryRequest request = new QueryRequest("utm_source=banner&a=b");
        request.headers = Map.of(
                "Accept", "text/html",
                "Referer", referrer == null ? "" : referrer,
                "Sec-Fetch-Site", site == null ? "" : site,
                "Sec-Fetch-Dest", destination == null ? "" : destination);
        assertThatNothingIsAllocated(Kits.builder(new Captures()).touches(TouchSettings.DEFAULT), request);
    }

    private static void assertThatNothingIsAllocated(ReftrailBuilder builder, HttpServletRequest request)
            throws IOException, ServletException {
        try (Reftrail reftrail = builder.backend(AffitorBackend.of("token"))
                .backend(DubBackend.builder("key").domain("go.example.com").build())
                .build()) {
            ReferralCaptureFilter filter = ReferralCaptureFilter.builder(reftrail)
                    .exclude(List.of("/health", "/api/*"))
                    .consent(ConsentPolicy.GLOBAL_PRIVACY_CONTROL)
                    .build();
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

    /** Answers some questions without allocating; any other reaches a mock. */
    private static final class QueryRequest extends HttpServletRequestWrapper {

        private final @Nullable String query;
        private Map<String, String> headers = Map.of();

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
            if (name.equals("Cookie")) {
                return COOKIES;
            }
            String value = headers.get(name);
            return value == null || value.isEmpty() ? null : value;
        }

        @Override
        public String getMethod() {
            return "GET";
        }

        @Override
        public String getServerName() {
            return "shop.example.com";
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
