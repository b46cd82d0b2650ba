package io.reftrail.samples.shop;

import io.reftrail.model.Customer;
import io.reftrail.security.CustomerResolver;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.rememberme.JdbcTokenRepositoryImpl;
import org.springframework.security.web.authentication.rememberme.PersistentTokenRepository;

/** Four ways in for the account pages; the rest of the shop is open. */
@Configuration
class SecurityConfiguration {

    @Bean
    SecurityFilterChain security(
            HttpSecurity http,
            LinkSignIn link,
            Accounts accounts,
            PersistentTokenRepository rememberedDevices,
            ClientRegistrationRepository registrations) {
        OidcClientInitiatedLogoutSuccessHandler signOut = new OidcClientInitiatedLogoutSuccessHandler(registrations);
        signOut.setPostLogoutRedirectUri("{baseUrl}/");
        return http.authorizeHttpRequests(requests -> requests.requestMatchers("/account/**")
                        .authenticated()
                        .anyRequest()
                        .permitAll())
                .formLogin(login -> login.loginPage("/login").defaultSuccessUrl("/account", true))
                .oauth2Login(login -> login.loginPage("/login")
                        .defaultSuccessUrl("/account", true)
                        .failureUrl("/login?provider")
                        .withObjectPostProcessor(new ProviderAway()))
                .oneTimeTokenLogin(link)
                .rememberMe(me -> me.tokenRepository(rememberedDevices).userDetailsService(id -> accounts.findById(id)
                        .map(AccountUser::new)
                        .orElseThrow(() -> new UsernameNotFoundException("no such account"))))
                .logout(logout -> logout.logoutSuccessHandler(signOut))
                .build();
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }

    @Bean
    PersistentTokenRepository rememberedDevices(DataSource dataSource) {
        JdbcTokenRepositoryImpl devices = new JdbcTokenRepositoryImpl();
        devices.setDataSource(dataSource);
        return devices;
    }

    /** Who signs in with a password. Spring Security lets nobody in whose account has none. */
    @Bean
    UserDetailsService users(Accounts accounts) {
        return email -> EmailAddress.parse(email)
                .flatMap(accounts::findByEmail)
                .map(AccountUser::new)
                .orElseThrow(() -> new UsernameNotFoundException("no such account"));
    }

    /** Returns the one bean that the shop has for Reftrail: customers who are older than the click are not reported. */
    @Bean
    CustomerResolver customers() {
        return authentication -> authentication.getPrincipal() instanceof AccountHolder holder
                ? Customer.of(holder.account().id())
                        .withEmail(holder.account().email())
                        .withName(holder.account().name())
                        .withCreatedAt(holder.account().createdAt())
                : null;
    }
}
