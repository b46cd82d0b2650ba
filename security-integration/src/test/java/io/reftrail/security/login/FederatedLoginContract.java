package io.reftrail.security.login;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.catalina.connector.Connector;
import org.junit.jupiter.api.AutoClose;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.web.SecurityFilterChain;

/** "Sign in with …": to the provider, its login form, and back with a code. */
abstract class FederatedLoginContract extends LoginContract {

    private static final String SIGNS_IN_AT = "/login/oauth2/code/provider";

    @AutoClose
    private final IdentityProvider provider;

    FederatedLoginContract(Function<IdentityProvider, ClientRegistration> registration) {
        this(new IdentityProvider(), registration);
    }

    private FederatedLoginContract(
            IdentityProvider provider, Function<IdentityProvider, ClientRegistration> registration) {
        this(provider, registration.apply(provider));
    }

    private FederatedLoginContract(IdentityProvider provider, ClientRegistration registration) {
        super(shop(registration));
        this.provider = provider;
        provider.admit(shop.at(SIGNS_IN_AT), registration.getScopes().toArray(String[]::new));
    }

    private static Shop shop(ClientRegistration registration) {
        return Shop.open(new Connector(), context -> {
            context.register(Federated.class);
            context.addBeanFactoryPostProcessor(beans ->
                    beans.registerSingleton("registrations", new InMemoryClientRegistrationRepository(registration)));
        });
    }

    @Override
    Trail signIn(Visitor visitor) {
        Trail form = visitor.open(shop.at("/members"));
        return visitor.submit(
                provider.at("/login"), Map.of("_csrf", form.csrf(), "username", "kim", "password", "secret"));
    }

    @Override
    String signsInAt() {
        return SIGNS_IN_AT;
    }

    @Override
    List<String> publishedEvents() {
        return List.of(
                "AuthenticationSuccessEvent of OAuth2LoginAuthenticationToken",
                "InteractiveAuthenticationSuccessEvent of OAuth2AuthenticationToken");
    }

    @Configuration
    static class Federated {

        @Bean
        SecurityFilterChain security(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers("/")
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .oauth2Login(Customizer.withDefaults())
                    .build();
        }
    }
}
