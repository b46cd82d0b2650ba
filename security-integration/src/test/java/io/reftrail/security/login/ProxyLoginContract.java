package io.reftrail.security.login;

import java.util.List;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.authentication.DefaultAuthenticationEventPublisher;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsByNameServiceWrapper;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationProvider;
import org.springframework.security.web.authentication.preauth.RequestHeaderAuthenticationFilter;

/** A proxy has signed the visitor in and says in a header who it is. */
abstract class ProxyLoginContract extends PerimeterLoginContract {

    static final List<String> EVENTS = List.of(
            "AuthenticationSuccessEvent of PreAuthenticatedAuthenticationToken",
            "InteractiveAuthenticationSuccessEvent of PreAuthenticatedAuthenticationToken");

    ProxyLoginContract(Class<?> configuration) {
        super(Shop.open(configuration));
    }

    @Override
    Visitor visitor() {
        return Visitor.behindProxy(Map.of("X-Forwarded-User", "kim"));
    }

    @Override
    String customerId() {
        return "kim";
    }

    /** A filter as the application makes it; it publishes nothing of its own unless it is told where. */
    static RequestHeaderAuthenticationFilter filter(ApplicationEventPublisher events) {
        PreAuthenticatedAuthenticationProvider provider = new PreAuthenticatedAuthenticationProvider();
        provider.setPreAuthenticatedUserDetailsService(new UserDetailsByNameServiceWrapper<>(
                name -> User.withUsername(name).password("").build()));
        ProviderManager manager = new ProviderManager(provider);
        manager.setAuthenticationEventPublisher(new DefaultAuthenticationEventPublisher(events));
        RequestHeaderAuthenticationFilter filter = new RequestHeaderAuthenticationFilter();
        filter.setPrincipalRequestHeader("X-Forwarded-User");
        filter.setAuthenticationManager(manager);
        return filter;
    }

    static SecurityFilterChain chain(HttpSecurity http, RequestHeaderAuthenticationFilter filter) {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .addFilter(filter)
                .build();
    }
}
