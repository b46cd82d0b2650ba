package io.reftrail.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.reftrail.model.Customer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.user.DefaultOAuth2User;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

class DefaultCustomerResolverTests {

    private static final Map<String, Object> CLAIMS =
            Map.of("sub", "u-7", "email", "kim@example.org", "name", "Kim Novak");

    private static final Customer FROM_CLAIMS =
            Customer.of("u-7").withEmail("kim@example.org").withName("Kim Novak");

    static Stream<Arguments> principals() {
        Jwt jwt = new Jwt("token", Instant.EPOCH, Instant.MAX, Map.of("alg", "none"), CLAIMS);
        OidcIdToken idToken = new OidcIdToken("token", Instant.EPOCH, Instant.MAX, CLAIMS);
        return Stream.of(
                arguments(user("kim"), Customer.of("kim")),
                arguments(
                        user("kim@example.org"), Customer.of("kim@example.org").withEmail("kim@example.org")),
                arguments(user("kim@localhost"), Customer.of("kim@localhost")),
                arguments(token(new DefaultOAuth2User(List.of(), CLAIMS, "sub")), FROM_CLAIMS),
                arguments(token(new DefaultOidcUser(List.of(), idToken)), FROM_CLAIMS),
                arguments(new JwtAuthenticationToken(jwt), FROM_CLAIMS),
                arguments(
                        token(new DefaultOAuth2User(List.of(), Map.of("id", 42, "email", 1, "name", " "), "id")),
                        Customer.of("42")),
                arguments(token(" "), null));
    }

    private static TestingAuthenticationToken user(String name) {
        return token(User.withUsername(name).password("secret").build());
    }

    private static TestingAuthenticationToken token(Object principal) {
        return new TestingAuthenticationToken(principal, "secret");
    }

    @ParameterizedTest
    @MethodSource("principals")
    void readsTheCustomerFromThePrincipal(Authentication authentication, @Nullable Customer expected) {
        assertThat(new DefaultCustomerResolver().resolve(authentication)).isEqualTo(expected);
    }
}
