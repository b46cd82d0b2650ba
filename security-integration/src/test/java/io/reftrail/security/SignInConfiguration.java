package io.reftrail.security;

import io.reftrail.model.Customer;
import io.reftrail.servlet.ServletReftrail;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.authentication.configuration.AuthenticationConfiguration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** Form login, remember-me, basic authentication, and a controller that signs people in by itself. */
@Configuration
@EnableWebMvc
@EnableWebSecurity
class SignInConfiguration {

    @Bean
    SecurityFilterChain security(HttpSecurity http) {
        return http.csrf(csrf -> csrf.disable())
                .authorizeHttpRequests(requests -> requests.requestMatchers("/api/login", "/api/signup")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .formLogin(Customizer.withDefaults())
                .rememberMe(Customizer.withDefaults())
                .httpBasic(Customizer.withDefaults())
                .build();
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return new BCryptPasswordEncoder(4);
    }

    @Bean
    UserDetailsService users(PasswordEncoder passwords) {
        return new InMemoryUserDetailsManager(User.withUsername("kim@example.org")
                .password(passwords.encode("secret"))
                .roles("USER")
                .build());
    }

    @Bean
    AuthenticationManager authenticationManager(AuthenticationConfiguration configuration) {
        return configuration.getAuthenticationManager();
    }

    @RestController
    static final class LoginController {

        private final AuthenticationManager authenticationManager;

        LoginController(AuthenticationManager authenticationManager) {
            this.authenticationManager = authenticationManager;
        }

        @GetMapping("/")
        String home() {
            return "home";
        }

        /** Reports a customer by the account's id; the sign-in that follows knows her by another name. */
        @PostMapping("/api/signup")
        String signUp(
                @RequestParam String username,
                @RequestParam String password,
                HttpServletRequest request,
                HttpServletResponse response) {
            ServletReftrail.lead(request, response, Customer.of("account-7"));
            return login(username, password, request, response);
        }

        @PostMapping("/api/login")
        String login(
                @RequestParam String username,
                @RequestParam String password,
                HttpServletRequest request,
                HttpServletResponse response) {
            Authentication token = UsernamePasswordAuthenticationToken.unauthenticated(username, password);
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(authenticationManager.authenticate(token));
            new HttpSessionSecurityContextRepository().saveContext(context, request, response);
            return "signed in";
        }
    }
}
