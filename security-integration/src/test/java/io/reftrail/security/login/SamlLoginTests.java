package io.reftrail.security.login;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.saml2.provider.service.authentication.Saml2AssertionAuthentication;
import org.springframework.security.saml2.provider.service.authentication.Saml2AuthenticationToken;
import org.springframework.security.saml2.provider.service.authentication.Saml2ResponseAssertion;
import org.springframework.security.saml2.provider.service.registration.RelyingPartyRegistration;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * SAML 2 by the POST binding. No identity provider was involved, and no OpenSAML, which cannot be had where this is built:
 * Spring Security's {@code Saml2WebSsoAuthenticationFilter} is the real one, with what its configurer puts around it, but the
 * response is a text, and a provider of the test's makes of it what Spring Security's own makes of a response.
 */
class SamlLoginTests extends LoginContract {

    SamlLoginTests() {
        super(Shop.open(Saml.class));
    }

    @Override
    Trail signIn(Visitor visitor) {
        visitor.open(shop.at("/members"));
        String response = Base64.getEncoder().encodeToString("<Response/>".getBytes(StandardCharsets.UTF_8));
        return visitor.submit(shop.at(SamlLogin.ENDPOINT), Map.of("SAMLResponse", response));
    }

    @Override
    List<String> publishedEvents() {
        return List.of(
                "AuthenticationSuccessEvent of Saml2AssertionAuthentication",
                "InteractiveAuthenticationSuccessEvent of Saml2AssertionAuthentication");
    }

    @Override
    String signsInAt() {
        return SamlLogin.ENDPOINT;
    }

    @Override
    String customerId() {
        return "_kim";
    }

    @Override
    String told() {
        return ",\"customerEmail\":\"kim@example.org\",\"customerName\":\"Kim Novak\"";
    }

    @Configuration
    static class Saml {

        @Bean
        SecurityFilterChain security(HttpSecurity http) {
            RelyingPartyRegistration shop = RelyingPartyRegistration.withRegistrationId("idp")
                    .entityId("shop")
                    .assertionConsumerServiceLocation("{baseUrl}" + SamlLogin.ENDPOINT)
                    .assertingPartyMetadata(
                            party -> party.entityId("idp").singleSignOnServiceLocation("https://idp.example/sso"))
                    .build();
            AuthenticationConverter responses = request -> {
                String response = request.getParameter("SAMLResponse");
                return response == null ? null : new Saml2AuthenticationToken(shop, response);
            };
            return http.authorizeHttpRequests(requests -> requests.requestMatchers("/")
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .csrf(csrf -> csrf.ignoringRequestMatchers(SamlLogin.ENDPOINT))
                    .authenticationProvider(new Assertions())
                    .with(new SamlLogin(responses), login -> {})
                    .build();
        }
    }

    /** Takes any response for an assertion about Kim. */
    private static final class Assertions implements AuthenticationProvider {

        @Override
        public Authentication authenticate(Authentication authentication) {
            String response = ((Saml2AuthenticationToken) authentication).getSaml2Response();
            Saml2ResponseAssertion assertion = Saml2ResponseAssertion.withResponseValue(response)
                    .nameId("_kim")
                    .attributes(Map.of(
                            "urn:oid:0.9.2342.19200300.100.1.3", List.of("kim@example.org"),
                            "urn:oid:2.5.4.42", List.of("Kim"),
                            "urn:oid:2.5.4.4", List.of("Novak")))
                    .build();
            return new Saml2AssertionAuthentication(
                    "_kim", assertion, AuthorityUtils.createAuthorityList("ROLE_USER"), "idp");
        }

        @Override
        public boolean supports(Class<?> authentication) {
            return Saml2AuthenticationToken.class.isAssignableFrom(authentication);
        }
    }
}
