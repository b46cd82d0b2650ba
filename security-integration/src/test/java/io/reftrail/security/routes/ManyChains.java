package io.reftrail.security.routes;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.DefaultAuthenticationEventPublisher;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.TestingAuthenticationProvider;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationFilter;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An API by every kind of credentials that come with each request, and a login form for the rest: one chain for each. */
@Configuration
@Import(Accounts.class)
class ManyChains {

    @Bean
    Tokens tokens() {
        return new Tokens();
    }

    @Bean
    @Order(1)
    SecurityFilterChain basic(HttpSecurity http) {
        return api(http, "basic").httpBasic(Customizer.withDefaults()).build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain jwt(HttpSecurity http, Tokens tokens) {
        return api(http, "jwt")
                .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.decoder(tokens.decoder())))
                .build();
    }

    /** As many an application does: the token becomes a user of its own. */
    @Bean
    @Order(3)
    SecurityFilterChain ownUser(HttpSecurity http, Tokens tokens) {
        return api(http, "own")
                .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.decoder(tokens.decoder())
                        .jwtAuthenticationConverter(token -> UsernamePasswordAuthenticationToken.authenticated(
                                Objects.requireNonNull(token.getSubject()),
                                token,
                                AuthorityUtils.createAuthorityList("ROLE_USER")))))
                .build();
    }

    @Bean
    @Order(4)
    SecurityFilterChain opaque(HttpSecurity http) {
        return api(http, "opaque")
                .oauth2ResourceServer(server -> server.opaqueToken(opaque -> opaque.introspector(
                        token -> new DefaultOAuth2AuthenticatedPrincipal(token, Map.of("sub", token), List.of()))))
                .build();
    }

    @Bean
    @Order(5)
    SecurityFilterChain apiKey(HttpSecurity http, ApplicationEventPublisher publisher) {
        ProviderManager keys = new ProviderManager(new TestingAuthenticationProvider());
        keys.setAuthenticationEventPublisher(new DefaultAuthenticationEventPublisher(publisher));
        AuthenticationFilter filter = new AuthenticationFilter(
                (AuthenticationManager) keys,
                request -> request.getHeader("Authorization") == null
                        ? null
                        : new TestingAuthenticationToken(Accounts.KIM, "key", "ROLE_USER"));
        filter.setSuccessHandler((request, response, authentication) -> {});
        return api(http, "key")
                .addFilterAfter(filter, UsernamePasswordAuthenticationFilter.class)
                .build();
    }

    @Bean
    @Order(6)
    SecurityFilterChain form(HttpSecurity http) {
        return http.csrf(csrf -> csrf.disable())
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .formLogin(Customizer.withDefaults())
                .build();
    }

    private static HttpSecurity api(HttpSecurity http, String path) {
        return http.securityMatcher("/" + path + "/**")
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated());
    }

    @RestController
    static final class Data {

        @GetMapping("/{api}/data")
        String data() {
            return "data";
        }
    }
}
