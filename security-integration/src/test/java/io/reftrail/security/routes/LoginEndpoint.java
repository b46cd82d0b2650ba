package io.reftrail.security.routes;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.WebAuthenticationDetailsSource;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Controllers that sign people in by themselves: into a session, or by handing out a token. */
@Configuration
@Import(Accounts.class)
class LoginEndpoint {

    @Bean
    Tokens tokens() {
        return new Tokens();
    }

    @Bean
    @Order(1)
    SecurityFilterChain behindBasic(HttpSecurity http) {
        return sessionless(http, "/basic/**")
                .httpBasic(Customizer.withDefaults())
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain behindBearer(HttpSecurity http, Tokens tokens) {
        return sessionless(http, "/bearer/**")
                .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.decoder(tokens.decoder())))
                .build();
    }

    private static HttpSecurity sessionless(HttpSecurity http, String path) {
        return http.securityMatcher(path)
                .csrf(csrf -> csrf.disable())
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated());
    }

    @Bean
    @Order(3)
    SecurityFilterChain filter(HttpSecurity http, AuthenticationManager manager, Tokens tokens) {
        TokenLoginFilter filter = new TokenLoginFilter(manager, tokens);
        return sessionless(http, "/filter/**").addFilter(filter).build();
    }

    @Bean
    @Order(4)
    SecurityFilterChain open(HttpSecurity http) {
        return http.csrf(csrf -> csrf.disable())
                .authorizeHttpRequests(requests -> requests.requestMatchers("/", "/me")
                        .authenticated()
                        .anyRequest()
                        .permitAll())
                .build();
    }

    /** As in many a tutorial: nobody has given it an event publisher. */
    private static final class TokenLoginFilter extends UsernamePasswordAuthenticationFilter {

        private final Tokens tokens;

        TokenLoginFilter(AuthenticationManager manager, Tokens tokens) {
            super(manager);
            this.tokens = tokens;
            setFilterProcessesUrl("/filter/token");
        }

        @Override
        protected void successfulAuthentication(
                HttpServletRequest request, HttpServletResponse response, FilterChain chain, Authentication result)
                throws IOException {
            response.getWriter().print(tokens.of(result.getName()));
        }
    }

    @RestController
    static final class LoginController {

        private final AuthenticationManager authenticationManager;
        private final Tokens tokens;

        LoginController(AuthenticationManager authenticationManager, Tokens tokens) {
            this.authenticationManager = authenticationManager;
            this.tokens = tokens;
        }

        @PostMapping("/session")
        String session(@RequestParam String username, HttpServletRequest request, HttpServletResponse response) {
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(authenticationManager.authenticate(password(username)));
            new HttpSessionSecurityContextRepository().saveContext(context, request, response);
            return "signed in";
        }

        @PostMapping({"/token", "/basic/token", "/bearer/token"})
        String token(@RequestParam String username) {
            return tokens.of(
                    authenticationManager.authenticate(password(username)).getName());
        }

        /** As in many a tutorial. */
        @PostMapping({"/details/token", "/basic/details/token"})
        String tokenWithDetails(@RequestParam String username, HttpServletRequest request) {
            UsernamePasswordAuthenticationToken password = password(username);
            password.setDetails(new WebAuthenticationDetailsSource().buildDetails(request));
            return tokens.of(authenticationManager.authenticate(password).getName());
        }

        @PostMapping("/callable/token")
        Callable<String> tokenLater(@RequestParam String username) {
            return () -> token(username);
        }

        @GetMapping({"/bearer/me", "/me"})
        String me() {
            return "me";
        }

        private static UsernamePasswordAuthenticationToken password(String username) {
            return UsernamePasswordAuthenticationToken.unauthenticated(username, "secret");
        }
    }
}
