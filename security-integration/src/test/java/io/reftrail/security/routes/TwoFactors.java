package io.reftrail.security.routes;

import io.reftrail.Reftrail;
import io.reftrail.security.CustomerResolver;
import io.reftrail.security.LeadReportingListener;
import io.reftrail.security.RequiredFactors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.authentication.DefaultAuthenticationEventPublisher;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.ott.InMemoryOneTimeTokenService;
import org.springframework.security.authentication.ott.OneTimeTokenAuthenticationProvider;
import org.springframework.security.authentication.ott.OneTimeTokenAuthenticationToken;
import org.springframework.security.authentication.ott.OneTimeTokenService;
import org.springframework.security.authorization.AuthorizationManagerFactory;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.authorization.EnableMultiFactorAuthentication;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.ott.OneTimeTokenGenerationSuccessHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A shop that asks for a password and a one-time token, in any order. It shows the token to any visitor who requests one. */
@Configuration
@Import(Accounts.class)
@EnableMultiFactorAuthentication(
        authorities = {FactorGrantedAuthority.PASSWORD_AUTHORITY, FactorGrantedAuthority.OTT_AUTHORITY})
class TwoFactors {

    @Bean
    SecurityFilterChain security(HttpSecurity http) {
        return http.csrf(csrf -> csrf.disable())
                .authorizeHttpRequests(requests -> requests.requestMatchers("/api/**")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .formLogin(Customizer.withDefaults())
                .oneTimeTokenLogin(Customizer.withDefaults())
                .build();
    }

    @Bean
    OneTimeTokenService oneTimeTokens() {
        return new InMemoryOneTimeTokenService();
    }

    @Bean
    OneTimeTokenGenerationSuccessHandler mail() {
        return (request, response, token) -> response.getWriter().print(token.getTokenValue());
    }

    @Bean
    ProviderManager tokenManager(
            OneTimeTokenService tokens, UserDetailsService users, ApplicationEventPublisher publisher) {
        ProviderManager manager = new ProviderManager(new OneTimeTokenAuthenticationProvider(tokens, users));
        manager.setAuthenticationEventPublisher(new DefaultAuthenticationEventPublisher(publisher));
        return manager;
    }

    @RestController
    static final class TokenController {

        private final ProviderManager tokenManager;

        TokenController(ProviderManager tokenManager) {
            this.tokenManager = tokenManager;
        }

        @PostMapping("/api/second-factor")
        String secondFactor(@RequestParam String token) {
            return tokenManager
                    .authenticate(new OneTimeTokenAuthenticationToken(token))
                    .getName();
        }
    }

    /** Reports customers with all factors that {@code authenticated()} requires. */
    @Configuration
    static class ListeningForAll {

        @Bean
        LeadReportingListener listener(
                Reftrail reftrail, CustomerResolver customers, AuthorizationManagerFactory<?> rules) {
            return new LeadReportingListener(reftrail, customers, new RequiredFactors(() -> rules));
        }
    }
}
