package io.reftrail.benchmarks;

import io.reftrail.Reftrail;
import io.reftrail.capture.TouchSettings;
import io.reftrail.servlet.ReferralCaptureFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The JMH benchmark of {@link Filter}: one request through an empty chain, and through the filter and that chain, without and with
 * attribution.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FilterCost {

    /** Requests without a click. */
    public enum RequestKind {
        /** Neither a query nor a cookie. */
        NO_QUERY("no query, no cookie", null, null),
        /** A query of 200 bytes without a parameter of a backend. */
        QUERY("200 bytes of query without a match", Site.QUERY, null),
        /** Ten cookies without a click. */
        COOKIES("ten cookies without a click", null, Site.COOKIES);

        private final String title;
        private final @Nullable String query;
        private final @Nullable String cookies;

        RequestKind(String title, @Nullable String query, @Nullable String cookies) {
            this.title = title;
            this.query = query;
            this.cookies = cookies;
        }

        String title() {
            return title;
        }

        /** Returns the request as it goes over the wire, for a path that ends with a slash. */
        String onTheWire(String path) {
            return Site.get(query == null ? path : path + "?" + query, cookies);
        }
    }

    /** The request. */
    @Param
    public RequestKind kind = RequestKind.NO_QUERY;

    private final Reftrail reftrail = Site.sixBackends().build();
    private final ReferralCaptureFilter filter =
            ReferralCaptureFilter.builder(reftrail).build();
    private final Reftrail attributing =
            Site.sixBackends().touches(TouchSettings.DEFAULT).build();
    private final ReferralCaptureFilter attributingFilter =
            ReferralCaptureFilter.builder(attributing).build();
    private final LastRequest chain = new LastRequest();
    private final HttpServletResponse response = refusing(HttpServletResponse.class);
    private HttpServletRequest request = new PlainRequest(null, null);

    /** The application. It is not inlined, so that the compiler leaves nothing out. */
    private static final class LastRequest implements FilterChain {

        private @Nullable ServletRequest last;

        @Override
        @CompilerControl(CompilerControl.Mode.DONT_INLINE)
        public void doFilter(ServletRequest request, ServletResponse response) {
            last = request;
        }
    }

    /** Creates the request. */
    @Setup
    public void request() {
        request = new PlainRequest(kind.query, kind.cookies);
    }

    /** Measures the chain alone. */
    @Benchmark
    public @Nullable ServletRequest empty() {
        chain.doFilter(request, response);
        return chain.last;
    }

    /** Measures the filter and the chain. */
    @Benchmark
    public @Nullable ServletRequest filter() throws ServletException, IOException {
        filter.doFilter(request, response, chain);
        return chain.last;
    }

    /** Measures the filter that looks for touches too, and the chain. */
    @Benchmark
    public @Nullable ServletRequest attribution() throws ServletException, IOException {
        attributingFilter.doFilter(request, response, chain);
        return chain.last;
    }

    /** Ends Reftrail's threads. */
    @TearDown
    public void close() {
        reftrail.close();
        attributing.close();
    }

    /** Returns an object whose methods all throw. A request without a click must not touch the response. */
    private static <T> T refusing(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                FilterCost.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.toString());
                }));
    }

    /** A request for a page, from another page of the site, that costs no more than fields and a map. */
    private static final class PlainRequest extends HttpServletRequestWrapper {

        private final @Nullable String query;
        private final @Nullable String cookies;
        private final Map<String, Object> attributes = new HashMap<>();

        PlainRequest(@Nullable String query, @Nullable String cookies) {
            super(refusing(HttpServletRequest.class));
            this.query = query;
            this.cookies = cookies;
        }

        @Override
        public @Nullable String getQueryString() {
            return query;
        }

        @Override
        public @Nullable String getHeader(String name) {
            return switch (name) {
                case "Cookie" -> cookies;
                case "Accept" -> "text/html";
                case "Sec-Fetch-Dest" -> "document";
                case "Sec-Fetch-Site" -> "same-origin";
                default -> null;
            };
        }

        @Override
        public String getMethod() {
            return "GET";
        }

        @Override
        public String getServerName() {
            return "shop.example";
        }

        @Override
        public DispatcherType getDispatcherType() {
            return DispatcherType.REQUEST;
        }

        @Override
        public String getProtocol() {
            return "HTTP/1.1";
        }

        @Override
        public @Nullable Object getAttribute(String name) {
            return attributes.get(name);
        }

        @Override
        public void setAttribute(String name, Object value) {
            attributes.put(name, value);
        }
    }
}
