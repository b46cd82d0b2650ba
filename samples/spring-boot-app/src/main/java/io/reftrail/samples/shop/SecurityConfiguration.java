package io.reftrail.samples.shop;

import io.reftrail.model.Customer;
import io.reftrail.security.CustomerResolver;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;

/** Form login for the account pages; the rest of the shop is open. */
@Configuration
class SecurityConfiguration {

    @Bean
    SecurityFilterChain security(HttpSecurity http) {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers("/account/**")
                        .authenticated()
                        .anyRequest()
                        .permitAll())
                .formLogin(login -> login.loginPage("/login").defaultSuccessUrl("/account", true))
                .logout(logout -> logout.logoutSuccessUrl("/"))
                .build();
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }

    @Bean
    UserDetailsService users(Accounts accounts) {
        return email -> accounts.findByEmail(email)
                .map(AccountUser::new)
                .orElseThrow(() -> new UsernameNotFoundException("no such account"));
    }

    /** The one bean the shop writes for Reftrail: whoever is older than the click is no lead. */
    @Bean
    CustomerResolver customers() {
        return authentication -> authentication.getPrincipal() instanceof AccountUser user
                ? Customer.of(user.account().id())
                        .withEmail(user.account().email())
                        .withName(user.account().name())
                        .withCreatedAt(user.account().createdAt())
                : null;
    }
}
