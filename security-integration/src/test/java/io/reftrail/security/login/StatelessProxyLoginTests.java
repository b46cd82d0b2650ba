package io.reftrail.security.login;

import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.preauth.RequestHeaderAuthenticationFilter;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;

/** No session: each request is a sign-in. */
class StatelessProxyLoginTests extends ProxyLoginContract {

    StatelessProxyLoginTests() {
        super(Proxied.class);
    }

    @Override
    List<String> publishedAtFirst() {
        return EVENTS;
    }

    @Override
    List<String> publishedLater() {
        return EVENTS;
    }

    @Configuration
    static class Proxied {

        @Bean
        RequestHeaderAuthenticationFilter proxy(ApplicationEventPublisher events) {
            RequestHeaderAuthenticationFilter filter = filter(events);
            filter.setSecurityContextRepository(new RequestAttributeSecurityContextRepository());
            return filter;
        }

        @Bean
        SecurityFilterChain security(HttpSecurity http, RequestHeaderAuthenticationFilter proxy) {
            return chain(http, proxy);
        }
    }
}
