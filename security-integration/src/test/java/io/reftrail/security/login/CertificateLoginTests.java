package io.reftrail.security.login;

import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;

/** X.509 by a TLS handshake in which the visitor shows a certificate. {@code http.x509()} keeps no session. */
class CertificateLoginTests extends PerimeterLoginContract {

    private static final Certificates CERTIFICATES = Certificates.make();

    private static final List<String> EVENTS = List.of(
            "AuthenticationSuccessEvent of PreAuthenticatedAuthenticationToken",
            "InteractiveAuthenticationSuccessEvent of PreAuthenticatedAuthenticationToken");

    CertificateLoginTests() {
        super(Shop.open(CERTIFICATES.connector(), context -> context.register(Certified.class)));
    }

    @Override
    Visitor visitor() {
        return Visitor.withCertificate(CERTIFICATES.visitor());
    }

    @Override
    List<String> publishedAtFirst() {
        return EVENTS;
    }

    @Override
    List<String> publishedLater() {
        return EVENTS;
    }

    @Override
    String customerId() {
        return "Kim Novak";
    }

    @Configuration
    static class Certified {

        @Bean
        UserDetailsService users() {
            return name -> User.withUsername(name).password("").build();
        }

        @Bean
        SecurityFilterChain security(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .x509(Customizer.withDefaults())
                    .build();
        }
    }
}
