package io.reftrail.security.routes;

import static io.reftrail.security.routes.Accounts.KIM;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.DefaultAuthenticationEventPublisher;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** An {@code AuthenticationManager} that asks another one; each publishes what it has found. */
class NestedManagersTests {

    @AutoClose
    private final Shop shop = new Shop(ShopPlan.of(NestedManagers.class));

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/api/token"})
    void areOneLead(String path) {
        Browser kim = shop.browser().click();
        kim.post(path, "username", KIM, "password", "secret");
        assertThat(shop.events).filteredOn("AuthenticationSuccessEvent"::equals).hasSize(2);
        assertThat(kim.hasClick()).isFalse();
        assertThat(shop.reportedLeads()).containsExactly(LoginFormTests.LEAD);
    }

    /** The first to tell has found the credentials' user; what the application makes of that comes too late. */
    @Test
    void areOneLeadWhereTheSecondKnowsTheCustomerByAnotherName() {
        Browser kim = shop.browser().click();
        kim.post("/api/token", "username", KIM, "password", "secret", "as", "account-7");
        assertThat(shop.reportedLeads()).containsExactly(LoginFormTests.LEAD);
    }

    @Configuration
    @Import(Accounts.class)
    static class NestedManagers {

        @Bean
        ProviderManager inner(
                UserDetailsService users, PasswordEncoder passwords, ApplicationEventPublisher publisher) {
            DaoAuthenticationProvider accounts = new DaoAuthenticationProvider(users);
            accounts.setPasswordEncoder(passwords);
            return publishing(accounts, publisher);
        }

        @Bean
        ProviderManager outer(ProviderManager inner, ApplicationEventPublisher publisher) {
            return publishing(new Asking(inner), publisher);
        }

        private static ProviderManager publishing(
                AuthenticationProvider provider, ApplicationEventPublisher publisher) {
            ProviderManager manager = new ProviderManager(provider);
            manager.setAuthenticationEventPublisher(new DefaultAuthenticationEventPublisher(publisher));
            return manager;
        }

        @Bean
        SecurityFilterChain security(HttpSecurity http, ProviderManager outer) {
            return http.csrf(csrf -> csrf.disable())
                    .authenticationManager(outer)
                    .authorizeHttpRequests(requests -> requests.requestMatchers("/api/**")
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .formLogin(form -> {})
                    .build();
        }

        @RestController
        static final class LoginController {

            private final AuthenticationManager outer;

            LoginController(ProviderManager outer) {
                this.outer = outer;
            }

            @PostMapping("/api/token")
            String token(@RequestParam String username, @RequestParam(defaultValue = "") String as) {
                UsernamePasswordAuthenticationToken token =
                        UsernamePasswordAuthenticationToken.unauthenticated(username, "secret");
                token.setDetails(as);
                return outer.authenticate(token).getName();
            }
        }
    }

    private record Asking(AuthenticationManager inner) implements AuthenticationProvider {

        @Override
        public Authentication authenticate(Authentication token) {
            Authentication found = inner.authenticate(token);
            Object name = token.getDetails() instanceof String as && !as.isEmpty()
                    ? as
                    : Objects.requireNonNull(found.getPrincipal());
            return UsernamePasswordAuthenticationToken.authenticated(name, "", found.getAuthorities());
        }

        @Override
        public boolean supports(Class<?> type) {
            return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
        }
    }
}
