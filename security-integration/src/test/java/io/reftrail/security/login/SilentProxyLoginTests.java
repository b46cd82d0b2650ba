package io.reftrail.security.login;

import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** A filter that is no bean: nobody has told it where to publish, so there is the manager's event alone. */
class SilentProxyLoginTests extends ProxyLoginContract {

    SilentProxyLoginTests() {
        super(Proxied.class);
    }

    @Override
    List<String> publishedAtFirst() {
        return EVENTS.subList(0, 1);
    }

    @Override
    List<String> publishedLater() {
        return List.of();
    }

    @Configuration
    static class Proxied {

        @Bean
        SecurityFilterChain security(HttpSecurity http, ApplicationEventPublisher events) {
            return chain(http, filter(events));
        }
    }
}
