package io.reftrail.benchmarks.signin;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.DefaultAuthenticationEventPublisher;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;

/**
 * An application that lets in whoever knows the one password, which is not hashed: what else a sign-in costs shows. Spring
 * Security's own filter chain; the session goes again at once, so that many sign-ins do not fill the heap.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@EnableWebSecurity
public class SignInApplication {

    /** Starts it, and prints its port. */
    public static void main(String[] arguments) {
        System.out.println(SpringApplication.run(SignInApplication.class, arguments)
                .getEnvironment()
                .getRequiredProperty("local.server.port"));
    }

    @Bean
    SecurityFilterChain security(HttpSecurity http) {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .csrf(csrf -> csrf.disable())
                .formLogin(login -> login.successHandler((request, response, authentication) -> {
                    request.getSession().invalidate();
                    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
                }))
                .build();
    }

    @Bean
    UserDetailsService users() {
        return name -> User.withUsername(name)
                .password("{noop}password")
                .authorities("customer")
                .build();
    }

    /** Spring Boot's security module, which is not here, would bring it. */
    @Bean
    AuthenticationEventPublisher authenticationEvents(ApplicationEventPublisher publisher) {
        return new DefaultAuthenticationEventPublisher(publisher);
    }
}
