package io.reftrail.security.routes;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Registrations that sign the new customer in without the {@code AuthenticationManager}, in the ways that applications use. */
@Configuration
@Import(Accounts.class)
class Registration {

    /** The chain of an application that has not moved to explicit saving. */
    @Bean
    @Order(1)
    SecurityFilterChain implicitSaving(HttpSecurity http) {
        return http.securityMatcher("/implicit/**")
                .csrf(csrf -> csrf.disable())
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .securityContext(context -> context.requireExplicitSave(false))
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain security(HttpSecurity http) {
        return http.csrf(csrf -> csrf.disable())
                .authorizeHttpRequests(requests -> requests.requestMatchers("/")
                        .authenticated()
                        .anyRequest()
                        .permitAll())
                .formLogin(Customizer.withDefaults())
                .rememberMe(Customizer.withDefaults())
                .build();
    }

    @RestController
    static final class Pages {

        @PostMapping("/register/repository")
        void repository(@RequestParam String username, HttpServletRequest request, HttpServletResponse response)
                throws Exception {
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(authentication(username));
            SecurityContextHolder.setContext(context);
            new HttpSessionSecurityContextRepository().saveContext(context, request, response);
            response.sendRedirect("/");
        }

        @PostMapping("/register/attribute")
        Map<String, String> attribute(@RequestParam String username, HttpSession session) {
            session.setAttribute(
                    HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY,
                    new SecurityContextImpl(authentication(username)));
            return Map.of("name", username);
        }

        @PostMapping("/implicit/register")
        void implicit(@RequestParam String username, HttpServletResponse response) throws Exception {
            SecurityContextHolder.getContext().setAuthentication(authentication(username));
            response.sendRedirect("/");
        }

        /** Work in somebody's name, within one request. */
        @PostMapping("/api/run-as")
        String runAs(@RequestParam String username) {
            SecurityContext before = SecurityContextHolder.getContext();
            SecurityContextHolder.setContext(new SecurityContextImpl(authentication(username)));
            try {
                Authentication current = SecurityContextHolder.getContext().getAuthentication();
                return current == null ? "nobody" : current.getName();
            } finally {
                SecurityContextHolder.setContext(before);
            }
        }

        @GetMapping("/api/me")
        String me(Authentication authentication) {
            return authentication.getName();
        }

        private static Authentication authentication(String username) {
            return UsernamePasswordAuthenticationToken.authenticated(
                    username, null, AuthorityUtils.createAuthorityList("ROLE_USER"));
        }
    }
}
