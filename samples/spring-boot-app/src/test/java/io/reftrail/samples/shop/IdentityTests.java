package io.reftrail.samples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.samples.shop.KeyringConfiguration.Identity;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;

/** What is taken from a provider's claims. */
class IdentityTests {

    @ParameterizedTest
    @MethodSource
    void hasAnAddressOnlyIfTheProviderVouchesForIt(Map<String, Object> claims, @Nullable EmailAddress email) {
        assertThat(Identity.of(user(claims)).email()).isEqualTo(email);
    }

    static Stream<Arguments> hasAnAddressOnlyIfTheProviderVouchesForIt() {
        EmailAddress kim = new EmailAddress("kim@example.org");
        return Stream.of(
                Arguments.of(Map.of("email", "Kim@example.org", "email_verified", true), kim),
                Arguments.of(Map.of("email", "kim@example.org", "email_verified", "true"), kim),
                Arguments.of(Map.of("email", "kim@example.org", "email_verified", false), null),
                Arguments.of(Map.of("email", "kim@example.org", "email_verified", "false"), null),
                Arguments.of(Map.of("email", "kim@example.org"), null),
                Arguments.of(Map.of("email", "kim", "email_verified", true), null),
                Arguments.of(Map.of("email_verified", true), null));
    }

    @ParameterizedTest
    @MethodSource
    void isCalledWhatTheProviderCallsIt(Map<String, Object> claims, String name) {
        assertThat(Identity.of(user(claims)).name()).isEqualTo(name);
    }

    static Stream<Arguments> isCalledWhatTheProviderCallsIt() {
        return Stream.of(
                Arguments.of(Map.of("name", "Kim Sorensen", "preferred_username", "kim"), "Kim Sorensen"),
                Arguments.of(Map.of("name", " ", "preferred_username", "kim"), "kim"),
                Arguments.of(Map.of(), "customer"));
    }

    @Test
    void isWhoTheProviderSaysNotWhatTheAddressSays() {
        Identity identity = Identity.of(user(Map.of("email", "kim@example.org", "email_verified", true)));
        assertThat(identity.issuer()).isEqualTo("https://id.example");
        assertThat(identity.subject()).isEqualTo("4711");
    }

    private static DefaultOidcUser user(Map<String, Object> claims) {
        Map<String, Object> all = new HashMap<>(claims);
        all.put("iss", "https://id.example");
        all.put("sub", "4711");
        Instant now = Instant.now();
        return new DefaultOidcUser(List.of(), new OidcIdToken("token", now, now.plusSeconds(60), all));
    }
}
