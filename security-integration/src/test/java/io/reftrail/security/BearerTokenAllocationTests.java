package io.reftrail.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.sun.management.ThreadMXBean;
import io.reftrail.Reftrail;
import io.reftrail.backend.dub.DubBackend;
import io.reftrail.backend.introw.IntrowBackend;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.event.AbstractAuthenticationEvent;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthentication;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** A request with a bearer token allocates nothing in the listener. One batch may be disturbed, not each of ten. */
class BearerTokenAllocationTests {

    private static final int ROUNDS = 20_000;

    @AutoClose
    private final Reftrail reftrail = Reftrail.builder()
            .backend(IntrowBackend.of("key"))
            .backend(DubBackend.builder("key").build())
            .build();

    private final LeadReportingListener listener = new LeadReportingListener(reftrail, new DefaultCustomerResolver());

    static Stream<Arguments> events() {
        Instant now = Instant.EPOCH;
        Jwt jwt = new Jwt("token", now, now.plusSeconds(60), Map.of("alg", "none"), Map.of("sub", "kim"));
        Authentication opaque = new BearerTokenAuthentication(
                new DefaultOAuth2AuthenticatedPrincipal("kim", Map.of("sub", "kim"), List.of()),
                new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, "token", now, now.plusSeconds(60)),
                List.of());
        return Stream.of(
                arguments("a JWT", new AuthenticationSuccessEvent(new JwtAuthenticationToken(jwt))),
                arguments("an opaque token", new AuthenticationSuccessEvent(opaque)));
    }

    @BeforeEach
    void serveARequest() {
        RequestContextHolder.setRequestAttributes(
                new ServletRequestAttributes(new MockHttpServletRequest(), new MockHttpServletResponse()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("events")
    void isFreeOnAnApi(String what, AbstractAuthenticationEvent event) {
        long least = Long.MAX_VALUE;
        for (int batch = 0; batch < 10 && least > 0; batch++) {
            least = Math.min(least, allocatedBy(event));
        }
        assertThat(least).isZero();
    }

    private long allocatedBy(AbstractAuthenticationEvent event) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < ROUNDS; i++) {
            listener.onApplicationEvent(event);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @AfterEach
    void endOfRequest() {
        RequestContextHolder.resetRequestAttributes();
    }
}
