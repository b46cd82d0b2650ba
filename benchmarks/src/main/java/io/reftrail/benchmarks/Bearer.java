package io.reftrail.benchmarks;

import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.sun.management.ThreadMXBean;
import io.reftrail.Reftrail;
import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.security.DefaultCustomerResolver;
import io.reftrail.security.LeadReportingListener;
import io.reftrail.servlet.ReferralCaptureFilter;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.DefaultAuthenticationEventPublisher;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.filter.RequestContextFilter;

/**
 * {@code benchmarks/run bearer}: requests with a bearer token and without a cookie to an API with Reftrail, compared with the
 * same API without it. Ends with 1 if Reftrail's listener allocates anything for such a request.
 */
public final class Bearer {

    private static final Map<String, String> OPTIONS = Map.of("warm-ups", "3", "rounds", "10", "seconds", "1");

    private static final int EVENTS = 100_000;

    private Bearer() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Benchmark.main("bearer", arguments, OPTIONS, Bearer::measure);
    }

    private static boolean measure(Benchmark.Options options, Path directory) throws Exception {
        try (Reftrail reftrail =
                        Reftrail.builder().backend(IntrowBackend.of("key")).build();
                Api alone = new Api(null);
                Api with = new Api(reftrail)) {
            int seconds = options.number("seconds");
            Map<String, Rounds.Measurement> measurements = new LinkedHashMap<>();
            measurements.put("without Reftrail", () -> Threads.perSecondHere(seconds, alone::serve));
            measurements.put("with filter and listener", () -> Threads.perSecondHere(seconds, with::serve));
            Rounds rounds = Rounds.run(options.number("warm-ups"), options.number("rounds"), measurements);
            System.out.println(rounds.table("1 thread, bearer token, no cookie", "requests/s"));
            long listener = listenerAlone(reftrail);
            System.out.println(new Table("allocated", "bytes")
                    .row("by a request without Reftrail", allocated(2_000, alone::serve) / 2_000)
                    .row("by a request with filter and listener", allocated(2_000, with::serve) / 2_000)
                    .row("by the listener, 100,000 events", listener));
            return listener == 0;
        }
    }

    /** Returns how many bytes an operation allocates on this thread, in the best of ten batches: others may be disturbed. */
    private static long allocated(int batch, Threads.Operation operation) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int j = 0; j < batch; j++) {
                operation.run();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    private static long listenerAlone(Reftrail reftrail) throws Exception {
        LeadReportingListener listener = new LeadReportingListener(reftrail, new DefaultCustomerResolver());
        Jwt jwt =
                Jwt.withTokenValue("token").header("alg", "none").subject("kim").build();
        AuthenticationSuccessEvent event = new AuthenticationSuccessEvent(new JwtAuthenticationToken(jwt, List.of()));
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/api/orders");
        request.addHeader("Authorization", "Bearer token");
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request, new MockHttpServletResponse()));
        try {
            return allocated(EVENTS, () -> listener.onApplicationEvent(event));
        } finally {
            RequestContextHolder.resetRequestAttributes();
        }
    }

    /** A resource server: Spring Security's filter, provider, decoder and events. Serves on the caller's thread. */
    private static final class Api implements AutoCloseable {

        private final GenericApplicationContext context = new GenericApplicationContext();
        private final Filter[] filters;
        private final String token;

        Api(@Nullable Reftrail reftrail) {
            SecretKey key = new SecretKeySpec(new byte[32], "HmacSHA256");
            ProviderManager manager = new ProviderManager(new JwtAuthenticationProvider(
                    NimbusJwtDecoder.withSecretKey(key).build()));
            Filter bearer = new BearerTokenAuthenticationFilter(manager);
            if (reftrail == null) {
                filters = new Filter[] {new RequestContextFilter(), bearer};
            } else {
                Filter capture = ReferralCaptureFilter.builder(reftrail).build();
                filters = new Filter[] {new RequestContextFilter(), capture, bearer};
                context.addApplicationListener(new LeadReportingListener(reftrail, new DefaultCustomerResolver()));
            }
            context.refresh();
            manager.setAuthenticationEventPublisher(new DefaultAuthenticationEventPublisher(context));
            token = "Bearer " + token(key);
        }

        private static String token(SecretKey key) {
            JwtClaimsSet claims = JwtClaimsSet.builder()
                    .subject("kim")
                    .claim("scope", "orders")
                    .expiresAt(Instant.now().plusSeconds(86_400))
                    .build();
            return new NimbusJwtEncoder(new ImmutableSecret<>(key))
                    .encode(JwtEncoderParameters.from(
                            JwsHeader.with(MacAlgorithm.HS256).build(), claims))
                    .getTokenValue();
        }

        void serve() throws Exception {
            MockHttpServletRequest get = new MockHttpServletRequest("GET", "/api/orders");
            get.addHeader("Authorization", token);
            MockHttpServletResponse response = new MockHttpServletResponse();
            new MockFilterChain(new Orders(), filters).doFilter(get, response);
            if (response.getStatus() != 200) {
                throw new IllegalStateException("answered " + response.getStatus() + " " + List.of(filters));
            }
        }

        @Override
        public void close() {
            context.close();
        }
    }

    /** Answers authenticated requests with an empty 200. */
    private static final class Orders extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) {
            boolean signedIn = SecurityContextHolder.getContext().getAuthentication() != null;
            response.setStatus(signedIn ? HttpServletResponse.SC_OK : HttpServletResponse.SC_FORBIDDEN);
        }
    }
}
