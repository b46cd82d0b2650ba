package io.reftrail.security.routes;

import static io.reftrail.security.routes.Accounts.KIM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.reftrail.model.Customer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.DefaultAuthenticationEventPublisher;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** Spring Security in the root context, the pages in the dispatcher servlet's. */
class ContextHierarchyTests {

    private final AtomicInteger lookUps = new AtomicInteger();

    static Stream<Arguments> listeners() {
        return Stream.of(
                arguments(
                        "in the root context", ShopPlan.of(LoginForm.class).withServlet(Mvc.class, Confirmation.class)),
                arguments(
                        "in the servlet's context",
                        ShopPlan.withoutListener(LoginForm.class)
                                .withServlet(Mvc.class, Confirmation.class, Listening.class)),
                arguments(
                        "in both",
                        ShopPlan.of(LoginForm.class).withServlet(Mvc.class, Confirmation.class, Listening.class)),
                arguments(
                        "in both, and an AuthenticationManager in the servlet's",
                        ShopPlan.of(LoginForm.class)
                                .withServlet(Mvc.class, OwnManager.class, Confirmation.class, Listening.class)));
    }

    private Shop shop(ShopPlan plan) {
        return new Shop(plan.withCustomers(authentication -> {
            lookUps.incrementAndGet();
            return Customer.of(authentication.getName()).withEmail(authentication.getName());
        }));
    }

    @ParameterizedTest(name = "listener {0}")
    @MethodSource("listeners")
    void aLoginFormInTheRootContextIsOneLead(String where, ShopPlan plan) {
        try (Shop shop = shop(plan)) {
            assertThat(shop.browser().click().signIn(KIM).expiresClick()).isTrue();
            assertThat(lookUps).hasValue(1);
            assertThat(shop.reportedLeads()).containsExactly(LoginFormTests.LEAD);
        }
    }

    @ParameterizedTest(name = "listener {0}")
    @MethodSource("listeners")
    void aControllerInTheServletsContextIsOneLead(String where, ShopPlan plan) {
        try (Shop shop = shop(plan)) {
            Reply reply = shop.browser().click().post("/api/confirm", "username", KIM);
            assertThat(reply.body()).isEqualTo(KIM);
            assertThat(reply.expiresClick()).isTrue();
            assertThat(lookUps).hasValue(1);
            assertThat(shop.reportedLeads()).containsExactly(LoginFormTests.LEAD);
        }
    }

    @Configuration
    @EnableWebMvc
    static class Mvc {}

    /** Publishes in the servlet's context. */
    @Configuration
    static class OwnManager {

        @Bean
        @Primary
        AuthenticationManager own(
                UserDetailsService users, PasswordEncoder passwords, ApplicationEventPublisher publisher) {
            DaoAuthenticationProvider accounts = new DaoAuthenticationProvider(users);
            accounts.setPasswordEncoder(passwords);
            ProviderManager manager = new ProviderManager(accounts);
            manager.setAuthenticationEventPublisher(new DefaultAuthenticationEventPublisher(publisher));
            return manager;
        }
    }
}
