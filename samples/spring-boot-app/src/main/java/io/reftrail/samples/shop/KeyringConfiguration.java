package io.reftrail.samples.shop;

import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.SupplierClientRegistrationRepository;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
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
}
