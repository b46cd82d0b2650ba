package io.reftrail.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.reftrail.model.Customer;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.Mockito;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;

/** Who the customer is, by the type of the principal. */
class DefaultCustomerResolverTests {

    private static final Map<String, Object> CLAIMS = Map.of(
            "sub", "u-7", "email", "kim@example.org", "name", "Kim Novak", "picture", "https://id.example/kim.png");

    private static final Customer KIM =
            Customer.of("u-7").withEmail("kim@example.org").withName("Kim Novak");

    private static final Customer FROM_CLAIMS = KIM.withAvatar("https://id.example/kim.png");

    private static final Map<String, List<Object>> ATTRIBUTES =
            Map.of("mail", List.of("kim@example.org"), "displayName", List.of("Kim Novak"));

    static Stream<Arguments> principals() {
        X509Certificate certificate = Mockito.mock();
        return Stream.of(
                arguments("a user name", Principals.user("kim"), Customer.of("kim")),
                arguments(
                        "a user name that is an address",
                        Principals.user("kim@example.org"),
                        Customer.of("kim@example.org").withEmail("kim@example.org")),
                arguments("what is no address", Principals.user("kim@localhost"), Customer.of("kim@localhost")),
                arguments("a name and nothing else", Principals.of("kim"), Customer.of("kim")),
                arguments("a number", Principals.of(42L), Customer.of("42")),
                arguments("a UUID", Principals.of(new UUID(0, 7)), Customer.of(new UUID(0, 7).toString())),
                arguments("a certificate's common name", certified("Kim Novak", certificate), Customer.of("Kim Novak")),
                arguments(
                        "a certificate's address",
                        certified("kim@example.org", certificate),
                        Customer.of("kim@example.org").withEmail("kim@example.org")),
                arguments("OAuth2", Principals.oauth2("sub", CLAIMS), FROM_CLAIMS),
                arguments("OpenID Connect", Principals.oidc(CLAIMS), FROM_CLAIMS),
                arguments("a JWT", Principals.jwt(CLAIMS), FROM_CLAIMS),
                arguments("SAML as it was", Principals.olderSaml("u-7", ATTRIBUTES), KIM),
                arguments(
                        "LDAP",
                        Principals.ldap(
                                "u-7", Map.of("mail", "kim@example.org", "displayName", "Kim Novak", "cn", "Novak, K")),
                        KIM),
                arguments("nobody", Principals.of(" "), null));
    }

    private static Authentication certified(String name, X509Certificate certificate) {
        return new PreAuthenticatedAuthenticationToken(
                User.withUsername(name).password("").build(), certificate, List.of());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("principals")
    void readsTheCustomerFromThePrincipal(String what, Authentication authentication, @Nullable Customer expected) {
        assertThat(new DefaultCustomerResolver().resolve(authentication)).isEqualTo(expected);
    }

    /** The application's own type, of which Spring Security takes the description for the name. */
    record Account(long id, String email, String passwordHash) {}

    @Test
    void aDescriptionIsNobodysIdAndTheLogSaysSoOnceWithoutIt() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(DefaultCustomerResolver.class);
        log.start();
        logger.addAppender(log);
        DefaultCustomerResolver resolver = new DefaultCustomerResolver();
        Authentication account = new TestingAuthenticationToken(new Account(7, "kim@example.org", "x1"), "secret");
        assertThat(resolver.resolve(account)).isNull();
        assertThat(resolver.resolve(account)).isNull();
        logger.detachAppender(log);
        assertThat(log.list).singleElement().satisfies(event -> assertThat(event.getFormattedMessage())
                .contains(Account.class.getName())
                .doesNotContain("kim@example.org", "x1"));
    }
}
