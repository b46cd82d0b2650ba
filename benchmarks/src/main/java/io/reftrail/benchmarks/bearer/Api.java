package io.reftrail.benchmarks.bearer;

import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.sun.management.ThreadMXBean;
import io.reftrail.Reftrail;
import io.reftrail.security.DefaultCustomerResolver;
import io.reftrail.security.LeadReportingListener;
import io.reftrail.servlet.ReferralCaptureFilter;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.DefaultAuthenticationEventPublisher;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.web.filter.RequestContextFilter;

/**
 * An API whose clients send a signed token with every request: Spring Security's own filter, provider, decoder and events,
 * with Reftrail around and behind them or without. Serves requests on the caller's thread. Not thread-safe.
 */
final class Api implements AutoCloseable {

    private static final int BATCH = 2_000;

    private final GenericApplicationContext context = new GenericApplicationContext();
    private final Filter[] filters;
    private final String token;

    /** @param reftrail listens to sign-ins and captures clicks, if it is there */
    Api(@Nullable Reftrail reftrail) {
        SecretKey key = new SecretKeySpec(new byte[32], "HmacSHA256");
        ProviderManager manager = new ProviderManager(new JwtAuthenticationProvider(
                NimbusJwtDecoder.withSecretKey(key).build()));
        Filter bearer = new BearerTokenAuthenticationFilter(manager);
        filters = reftrail == null
                ? new Filter[] {new RequestContextFilter(), bearer}
                : new Filter[] {
                    new RequestContextFilter(),
                    ReferralCaptureFilter.builder(reftrail).build(),
                    bearer
                };
        if (reftrail != null) {
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

    double perSecond(int seconds) throws ServletException, IOException {
        long begin = System.nanoTime();
        long end = begin + seconds * 1_000_000_000L;
        long served = 0;
        while (System.nanoTime() < end) {
            serve(BATCH / 10);
            served += BATCH / 10;
        }
        return served * 1e9 / (System.nanoTime() - begin);
    }

    /** Returns how many bytes a request allocates, the least of ten batches: others may be disturbed. */
    double bytes() throws ServletException, IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int batch = 0; batch < 10; batch++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            serve(BATCH);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return (double) least / BATCH;
    }

    private void serve(int requests) throws ServletException, IOException {
        for (int request = 0; request < requests; request++) {
            MockHttpServletRequest get = new MockHttpServletRequest("GET", "/api/orders");
            get.addHeader("Authorization", token);
            MockHttpServletResponse response = new MockHttpServletResponse();
            new MockFilterChain(new NoServlet(), filters).doFilter(get, response);
            if (response.getStatus() != 200) {
                throw new IllegalStateException("answered " + response.getStatus() + " " + List.of(filters));
            }
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
