package io.reftrail.security.login;

import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.ott.OneTimeTokenGenerationSuccessHandler;
import org.springframework.security.web.authentication.ott.RedirectOneTimeTokenGenerationSuccessHandler;
import org.springframework.util.ClassUtils;

/** A link by mail, opened in the browser that asked for it. */
class OneTimeTokenLoginTests extends LoginContract {

    private static final String TOKEN =
            ClassUtils.isPresent("org.springframework.security.authentication.ott.OneTimeTokenAuthentication", null)
                    ? "OneTimeTokenAuthentication"
                    : "OneTimeTokenAuthenticationToken";

    OneTimeTokenLoginTests() {
        super(Shop.open(OneTimeTokens.class));
    }

    @Override
    Trail signIn(Visitor visitor) {
        String csrf = visitor.open(shop.at("/members")).csrf();
        visitor.submit(shop.at("/ott/generate"), Map.of("_csrf", csrf, "username", "kim@example.org"));
        String token = shop.context.getBean(Mailbox.class).tokens.remove();
        Trail linked = visitor.open(shop.at("/login/ott?token=" + token));
        return visitor.submit(shop.at("/login/ott"), Map.of("_csrf", linked.csrf(), "token", token));
    }

    @Override
    List<String> publishedEvents() {
        return List.of("AuthenticationSuccessEvent of " + TOKEN, "InteractiveAuthenticationSuccessEvent of " + TOKEN);
    }

    @Override
    String signsInAt() {
        return "/login/ott";
    }

    @Override
    String customerId() {
        return "kim@example.org";
    }

    @Override
    String told() {
        return ",\"customerEmail\":\"kim@example.org\"";
    }

    static final class Mailbox {
        final BlockingQueue<String> tokens = new LinkedBlockingQueue<>();
    }

    @Configuration
    static class OneTimeTokens {

        @Bean
        Mailbox mailbox() {
            return new Mailbox();
        }

        @Bean
        UserDetailsService users() {
            return new InMemoryUserDetailsManager(
                    User.withUsername("kim@example.org").password("").build());
        }

        @Bean
        SecurityFilterChain security(HttpSecurity http, Mailbox mailbox) {
            OneTimeTokenGenerationSuccessHandler sent = new RedirectOneTimeTokenGenerationSuccessHandler("/login/ott");
            return http.authorizeHttpRequests(requests -> requests.requestMatchers("/")
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .oneTimeTokenLogin(login -> login.tokenGenerationSuccessHandler((request, response, token) -> {
                        mailbox.tokens.add(token.getTokenValue());
                        sent.handle(request, response, token);
                    }))
                    .build();
        }
    }
}
