package io.reftrail.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.reftrail.model.Customer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.core.Authentication;

/** What stands in for what, and what is left out. */
class ProfileTests {

    private static final String XMLSOAP = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";

    private static Customer resolve(Authentication authentication) {
        return Objects.requireNonNull(new DefaultCustomerResolver().resolve(authentication));
    }

    static Stream<Arguments> unverified() {
        return Stream.of(
                arguments("email_verified", false, false),
                arguments("email_verified", "false", false),
                arguments("email_verified", "FALSE", false),
                arguments("verified_email", false, false),
                arguments("email_verified", true, true),
                arguments("email_verified", "true", true),
                arguments("email_verified", "", true),
                arguments("email_verified", null, true),
                arguments("other", false, true));
    }

    @ParameterizedTest
    @MethodSource("unverified")
    void anAddressThatIsSaidToBeUnverifiedIsNotTaken(String claim, @Nullable Object value, boolean taken) {
        Map<String, Object> claims = new HashMap<>(Map.of("sub", "kim@home.example"));
        claims.put(claim, value);
        assertThat(resolve(Principals.oidc(claims)).email()).isEqualTo(taken ? "kim@home.example" : null);
        claims.put("email", "kim@example.org");
        String expected = taken ? "kim@example.org" : null;
        assertThat(resolve(Principals.oidc(claims)).email()).isEqualTo(expected);
        assertThat(resolve(Principals.oauth2("sub", claims)).email()).isEqualTo(expected);
        assertThat(resolve(Principals.jwt(claims)).email()).isEqualTo(expected);
    }

    static Stream<Arguments> claims() {
        return Stream.of(
                arguments(Map.of("given_name", "Kim", "family_name", "Novak"), "Kim Novak", null),
                arguments(Map.of("given_name", "Kim"), "Kim", null),
                arguments(Map.of("family_name", "Novak"), "Novak", null),
                arguments(Map.of("name", " ", "given_name", "Kim", "family_name", " "), "Kim", null),
                arguments(Map.of("name", "K. N.", "given_name", "Kim"), "K. N.", null),
                arguments(
                        Map.of("login", "kimn", "avatar_url", "https://git.example/7"), null, "https://git.example/7"),
                arguments(Map.of("picture", "p", "avatar_url", "a"), null, "p"),
                arguments(Map.of("picture", Map.of("data", Map.of("url", "p"))), null, null),
                arguments(Map.of("name", 7, "picture", List.of("p")), null, null));
    }

    @ParameterizedTest
    @MethodSource("claims")
    void claimsHaveOtherNamesHereAndThere(Map<String, Object> claims, @Nullable String name, @Nullable String avatar) {
        Map<String, Object> user = new HashMap<>(claims);
        user.put("id", 7);
        assertThat(resolve(Principals.oauth2("id", user)))
                .isEqualTo(Customer.of("7").withName(name).withAvatar(avatar));
    }

    static Stream<Arguments> attributes() {
        String oid = "urn:oid:";
        return Stream.of(
                arguments(Map.of("email", "kim@example.org"), "kim@example.org", null),
                arguments(Map.of("EmailAddress", "kim@example.org"), "kim@example.org", null),
                arguments(Map.of(oid + "0.9.2342.19200300.100.1.3", "kim@example.org"), "kim@example.org", null),
                arguments(Map.of(XMLSOAP + "emailaddress", "kim@example.org"), "kim@example.org", null),
                arguments(Map.of(oid + "2.16.840.1.113730.3.1.241", "Kim"), null, "Kim"),
                arguments(Map.of(oid + "2.5.4.42", "Kim", oid + "2.5.4.4", "Novak"), null, "Kim Novak"),
                arguments(Map.of(XMLSOAP + "givenname", "Kim", XMLSOAP + "surname", "Novak"), null, "Kim Novak"),
                arguments(Map.of("firstName", "Kim", "lastName", "Novak"), null, "Kim Novak"),
                arguments(Map.of("displayName", "Kim", "cn", "kn", "sn", "Novak"), null, "Kim"),
                arguments(Map.of("mail", 7, "cn", " "), null, null));
    }

    @ParameterizedTest
    @MethodSource("attributes")
    void attributesOfAnAssertionHaveManyNames(
            Map<String, Object> attributes, @Nullable String email, @Nullable String name) {
        Map<String, List<Object>> all = new HashMap<>(Map.of("groups", List.of()));
        attributes.forEach((attribute, value) -> all.put(attribute, List.of(value, "another")));
        assertThat(resolve(Principals.olderSaml("7", all)))
                .isEqualTo(Customer.of("7").withEmail(email).withName(name));
    }

    @Test
    void anEntryWithoutADisplayNameGoesByItsCommonName() {
        assertThat(resolve(Principals.ldap("kim", Map.of("cn", "Kim Novak"))))
                .isEqualTo(Customer.of("kim").withName("Kim Novak"));
    }
}
