package io.reftrail.samples.shop;

import io.reftrail.samples.shop.AccountHolder.AccountOidcUser;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.SupplierClientRegistrationRepository;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/** Sign-in at an identity provider by OpenID Connect: Keyring, the authorization server of the samples. */
@Configuration
class KeyringConfiguration {

    /** Asks the provider for its endpoints when the first customer wants to go there: the shop starts without it. */
    @Bean
    ClientRegistrationRepository registrations(
            @Value("${shop.keyring.issuer}") String issuer,
            @Value("${shop.keyring.client-id}") String clientId,
            @Value("${shop.keyring.client-secret}") String clientSecret) {
        Supplier<InMemoryClientRegistrationRepository> discovery = () -> {
            ClientRegistration keyring = ClientRegistrations.fromIssuerLocation(issuer)
                    .registrationId("keyring")
                    .clientId(clientId)
                    .clientSecret(clientSecret)
                    .scope("openid", "profile", "email")
                    .build();
            return new InMemoryClientRegistrationRepository(keyring);
        };
        return new SupplierClientRegistrationRepository(discovery);
    }

    /** Creates an account at the first sign-in from the provider. */
    @Bean
    OAuth2UserService<OidcUserRequest, OidcUser> keyringUsers(AccountLinks accounts) {
        OidcUserService claims = new OidcUserService();
        return request -> {
            OidcUser user = claims.loadUser(request);
            return new AccountOidcUser(user, accounts.of(Identity.of(user)));
        };
    }

    /** Leads back to the sign-in page, where Spring Security would answer 500, if a provider cannot be asked for its endpoints. */
    static final class ProviderAway implements ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter> {

        private static final Logger logger = LoggerFactory.getLogger(ProviderAway.class);

        @Override
        public <O extends OAuth2AuthorizationRequestRedirectFilter> O postProcess(O filter) {
            filter.setAuthenticationFailureHandler((request, response, failure) -> {
                logger.warn("The identity provider is not available");
                response.sendRedirect("/login?away");
            });
            return filter;
        }
    }

    /**
     * Somebody as an identity provider knows them.
     *
     * @param issuer the provider
     * @param subject who it is there, for good
     * @param email an address that the provider vouches for, or {@code null}
     * @param name what to call them
     */
    record Identity(String issuer, String subject, @Nullable EmailAddress email, String name) {

        /** An address that the provider does not call verified may be anybody's, and is dropped. */
        static Identity of(OidcUser user) {
            EmailAddress email = Boolean.TRUE.equals(user.getEmailVerified())
                    ? EmailAddress.parse(user.getEmail()).orElse(null)
                    : null;
            String name = Stream.of(user.getFullName(), user.getPreferredUsername())
                    .filter(text -> text != null && !text.isBlank())
                    .findFirst()
                    .orElse("customer");
            String issuer = Objects.requireNonNull(user.getIssuer()).toString();
            return new Identity(issuer, Objects.requireNonNull(user.getSubject()), email, name);
        }

        /** Tells nothing of the person. */
        @Override
        public String toString() {
            return "Identity[issuer=" + issuer + "]";
        }
    }
}
