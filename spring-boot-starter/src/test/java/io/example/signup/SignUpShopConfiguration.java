package io.example.signup;

import io.reftrail.security.LeadReportingUserDetailsManager;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** All of the page's examples in one application whose doors are open. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    Accounts.class,
    AnnotatedService.class,
    AnnotatedController.class,
    PublishingService.class,
    CallingController.class,
    ConfirmedController.class,
    UsersConfiguration.class,
    SignUpShopConfiguration.Services.class
})
class SignUpShopConfiguration {

    @Bean
    SecurityFilterChain open(HttpSecurity http) {
        return http.csrf(csrf -> csrf.disable()).build();
    }

    /** Has a request that says so run in a transaction that is rolled back when all is done. */
    @Bean
    FilterRegistrationBean<Filter> disaster(TransactionTemplate transactions) {
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>((request, response, chain) -> {
            if (((HttpServletRequest) request).getHeader("Disaster") == null) {
                chain.doFilter(request, response);
                return;
            }
            transactions.executeWithoutResult(status -> {
                status.setRollbackOnly();
                try {
                    chain.doFilter(request, response);
                } catch (IOException | ServletException failure) {
                    throw new AssertionError(failure);
                }
            });
        });
        registration.setOrder(0);
        return registration;
    }

    /** Pages for what is no page by itself. */
    @RestController
    static class Services {

        private final AnnotatedService annotated;
        private final PublishingService publishing;
        private final LeadReportingUserDetailsManager users;

        Services(AnnotatedService annotated, PublishingService publishing, LeadReportingUserDetailsManager users) {
            this.annotated = annotated;
            this.publishing = publishing;
            this.users = users;
        }

        @PostMapping("/service")
        public Account service(SignUpForm form) {
            return annotated.open(form);
        }

        @PostMapping("/event")
        public Account event(SignUpForm form) {
            return publishing.open(form);
        }

        @PostMapping("/user")
        @Transactional
        public void user(SignUpForm form) {
            users.createUser(User.withUsername(form.email())
                    .password("{noop}secret")
                    .roles("USER")
                    .build());
        }
    }
}
