package io.reftrail.samples.authorization;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.oidc.StandardClaimNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;

/** The endpoints of OpenID Connect, and the form at which people prove who they are. */
@Configuration
class SecurityConfiguration {

    @Bean
    SecurityFilterChain security(HttpSecurity http) {
        return http.oauth2AuthorizationServer(server -> server.oidc(Customizer.withDefaults()))
                .authorizeHttpRequests(requests -> requests.requestMatchers("/", "/login", "/keyring.css")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .formLogin(login -> login.loginPage("/login"))
                .logout(logout -> logout.logoutSuccessUrl("/"))
                .build();
    }

    /** What the shop learns of a person; the user-info endpoint says the same. */
    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> claims(People people) {
        return context -> {
            Authentication signedIn = context.getPrincipal();
            if (signedIn != null && context.getTokenType().getValue().equals(OidcParameterNames.ID_TOKEN)) {
                people.find(signedIn.getName()).ifPresent(person -> context.getClaims()
                        .claim(StandardClaimNames.NAME, person.name())
                        .claim(StandardClaimNames.EMAIL, person.email())
                        .claim(StandardClaimNames.EMAIL_VERIFIED, person.verified()));
            }
        };
    }
}
