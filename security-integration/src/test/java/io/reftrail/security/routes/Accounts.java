package io.reftrail.security.routes;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.annotation.authentication.configuration.AuthenticationConfiguration;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** The shop's users and pages. All passwords are {@code secret}. */
@Configuration
@EnableWebMvc
@EnableWebSecurity
class Accounts {

    static final String KIM = "kim@example.org";
    static final String PAT = "pat@example.org";
    static final String STAFF = "staff";

    @Bean
    PasswordEncoder passwordEncoder() {
        return new BCryptPasswordEncoder(4);
    }

    @Bean
    UserDetailsService users(PasswordEncoder passwords) {
        String secret = passwords.encode("secret");
        return new InMemoryUserDetailsManager(
                user(KIM, secret, "USER"),
                user(PAT, secret, "USER"),
                user(STAFF, secret, "STAFF"),
                user("gate", secret, "GATE"));
    }

    private static UserDetails user(String name, String secret, String role) {
        return User.withUsername(name).password(secret).roles(role).build();
    }

    @Bean
    AuthenticationManager authenticationManager(AuthenticationConfiguration configuration) {
        return configuration.getAuthenticationManager();
    }

    @RestController
    static final class Pages {

        @GetMapping("/")
        String home() {
            return "home";
        }

        @GetMapping("/api/prices")
        String prices() {
            return "prices";
        }
    }
}
