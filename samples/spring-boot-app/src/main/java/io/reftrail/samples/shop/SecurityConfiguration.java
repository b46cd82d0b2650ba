package io.reftrail.samples.shop;

import io.reftrail.model.Customer;
import io.reftrail.samples.shop.AccountHolder.AccountUser;
import io.reftrail.samples.shop.KeyringConfiguration.ProviderAway;
import io.reftrail.security.CustomerResolver;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.rememberme.JdbcTokenRepositoryImpl;
import org.springframework.security.web.authentication.rememberme.PersistentTokenRepository;
import org.springframework.security.web.authentication.www.BasicAuthenticationEntryPoint;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Four ways in for the account pages, and one for the operator's pages; the rest of the shop is open. */
@Configuration
class SecurityConfiguration {

    /** Lets the operator, who is nobody's customer, use the shop's own page and the actuator's, the console among them. */
    @Bean
    @Order(1)
    SecurityFilterChain operators(HttpSecurity http) {
        UserDetails operator = User.withUsername("operator")
                .password("{noop}operator")
                .roles("OPERATOR")
                .build();
        BasicAuthenticationEntryPoint password = new BasicAuthenticationEntryPoint();
        password.setRealmName("the shop's operators");
        return http.securityMatcher("/actuator/**", "/admin/**")
                .authorizeHttpRequests(requests -> requests.anyRequest().hasRole("OPERATOR"))
                .httpBasic(basic -> basic.authenticationEntryPoint(password))
                // Spring Security applies the bean LinkSignIn to each chain, and its login page is the customers'.
                .exceptionHandling(failures -> failures.authenticationEntryPoint(password))
                .userDetailsService(new InMemoryUserDetailsManager(operator))
                .build();
    }

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

    /**
     * Ends sessions from before an account's password became void. Does not sign them out, which would make the shop forget the
     * owner's remembered devices too.
     */
    @Component
    static class VoidSessions implements HandlerInterceptor, WebMvcConfigurer {

        private final Accounts accounts;

        VoidSessions(Accounts accounts) {
            this.accounts = accounts;
        }

        @Override
        public void addInterceptors(InterceptorRegistry registry) {
            registry.addInterceptor(this).addPathPatterns("/account/**");
        }

        @Override
        public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
                throws IOException {
            if (request.getUserPrincipal() instanceof Authentication authentication
                    && authentication.getPrincipal() instanceof AccountHolder holder
                    && !accounts.isCurrent(holder.account())) {
                request.getSession().invalidate();
                response.sendRedirect("/login");
                return false;
            }
            return true;
        }
    }
}
