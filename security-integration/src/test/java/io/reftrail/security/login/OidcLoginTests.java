package io.reftrail.security.login;

import org.junit.jupiter.api.Tag;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;

/** OpenID Connect by discovery, against a Spring Authorization Server. */
@Tag("compatibility")
class OidcLoginTests extends FederatedLoginContract {

    OidcLoginTests() {
        super(OidcLoginTests::registration);
    }

    private static ClientRegistration registration(IdentityProvider provider) {
        return ClientRegistrations.fromIssuerLocation(provider.at("").toString())
                .registrationId("provider")
                .clientId("shop")
                .clientSecret("secret")
                .scope("openid", "profile", "email")
                .build();
    }

    @Override
    String customerId() {
        return "kim";
    }

    @Override
    String told() {
        return ",\"customerEmail\":\"kim@example.org\",\"customerName\":\"Kim Novak\","
                + "\"customerAvatar\":\"https://id.example/kim.png\"";
    }
}
