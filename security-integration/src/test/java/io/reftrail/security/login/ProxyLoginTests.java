package io.reftrail.security.login;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.preauth.RequestHeaderAuthenticationFilter;

/** A filter that is a bean: the session keeps who it was, and only the first request is a sign-in. */
@Tag("compatibility")
class ProxyLoginTests extends ProxyLoginContract {

    ProxyLoginTests() {
        super(Proxied.class);
    }

    @Override
    List<String> publishedAtFirst() {
        return EVENTS;
    }

    @Override
    List<String> publishedLater() {
        return List.of();
    }

    @Configuration
    static class Proxied {

        @Bean
        RequestHeaderAuthenticationFilter proxy(ApplicationEventPublisher events) {
            return filter(events);
        }

        @Bean
        SecurityFilterChain security(HttpSecurity http, RequestHeaderAuthenticationFilter proxy) {
            return chain(http, proxy);
        }
    }
}
