package io.reftrail.security.login;

import org.junit.jupiter.api.Tag;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;

/** OAuth2 without OpenID Connect, as GitHub does it, against a Spring Authorization Server. */
@Tag("compatibility")
class OAuth2LoginTests extends FederatedLoginContract {

    OAuth2LoginTests() {
        super(OAuth2LoginTests::registration);
    }

    private static ClientRegistration registration(IdentityProvider provider) {
        return ClientRegistration.withRegistrationId("provider")
                .clientId("shop")
                .clientSecret("secret")
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri("{baseUrl}/login/oauth2/code/{registrationId}")
                .scope("read:user")
                .authorizationUri(provider.at("/oauth2/authorize").toString())
                .tokenUri(provider.at("/oauth2/token").toString())
                .userInfoUri(provider.at("/user").toString())
                .userNameAttributeName("id")
                .build();
    }

    @Override
    String customerId() {
        return "48213";
    }

    @Override
    String told() {
        return ",\"customerEmail\":\"kim@example.org\",\"customerName\":\"Kim Novak\","
                + "\"customerAvatar\":\"https://avatars.example/48213\"";
    }
}
