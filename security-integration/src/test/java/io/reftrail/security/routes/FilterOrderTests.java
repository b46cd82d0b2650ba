package io.reftrail.security.routes;

import static io.reftrail.security.routes.Accounts.KIM;
import static io.reftrail.security.routes.Stage.CAPTURE;
import static io.reftrail.security.routes.Stage.REQUEST_CONTEXT;
import static io.reftrail.security.routes.Stage.SPRING_SECURITY;
import static io.reftrail.security.routes.Stage.SPRING_SESSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.config.annotation.web.http.EnableSpringHttpSession;

/** Where the filters stand, and which of them there are. */
class FilterOrderTests {

    @AutoClose
    private final ListenerLog log = new ListenerLog();

    static Stream<Arguments> orders() {
        return Stream.of(
                arguments("as in Spring Boot", List.of(CAPTURE, REQUEST_CONTEXT, SPRING_SECURITY)),
                arguments("captured inside the request context", List.of(REQUEST_CONTEXT, CAPTURE, SPRING_SECURITY)),
                arguments("captured behind Spring Security", List.of(REQUEST_CONTEXT, SPRING_SECURITY, CAPTURE)),
                arguments("without a RequestContextFilter", List.of(CAPTURE, SPRING_SECURITY)),
                arguments("with both", List.of(CAPTURE, REQUEST_CONTEXT, SPRING_SECURITY)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("orders")
    void aSignInIsOneLead(String what, List<Stage> stages) {
        try (Shop shop = new Shop(ShopPlan.of(LoginForm.class).withStages(stages.toArray(Stage[]::new)))) {
            Browser kim = shop.browser().click();
            assertThat(kim.signIn(KIM).expiresClick()).isTrue();
            assertThat(kim.hasClick()).isFalse();
            assertThat(kim.get("/").body()).isEqualTo("home");
            assertThat(shop.reportedLeads()).containsExactly(LoginFormTests.LEAD);
            assertThat(log.linesOnMissingRequests()).isEmpty();
        }
    }

    @Test
    void whereNothingSaysWhichRequestItIsTheCustomerIsRemembered() {
        try (Shop shop = new Shop(ShopPlan.of(LoginForm.class).withStages(SPRING_SECURITY, CAPTURE))) {
            Browser kim = shop.browser().click();
            kim.signIn(KIM);
            shop.awaitKnown(KIM);
            assertThat(kim.hasClick()).isTrue();
            assertThat(log.linesOnMissingRequests()).hasSize(1);
            assertThat(shop.reportedLeads()).isEmpty();
        }
    }

    static Stream<Arguments> ordersWithSessions() {
        return Stream.of(
                arguments("as in Spring Boot", List.of(SPRING_SESSION, CAPTURE, REQUEST_CONTEXT, SPRING_SECURITY)),
                arguments("captured first", List.of(CAPTURE, SPRING_SESSION, SPRING_SECURITY)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ordersWithSessions")
    void aSignInIntoASessionOfSpringSessionIsOneLead(String what, List<Stage> stages) {
        try (Shop shop =
                new Shop(ShopPlan.of(LoginForm.class, Sessions.class).withStages(stages.toArray(Stage[]::new)))) {
            Browser kim = shop.browser().click();
            assertThat(kim.cookieNames()).doesNotContain("SESSION", "JSESSIONID");
            assertThat(kim.signIn(KIM).expiresClick()).isTrue();
            assertThat(kim.cookieNames()).contains("SESSION").doesNotContain("JSESSIONID", "_introw_aff");
            assertThat(kim.get("/").body()).isEqualTo("home");
            assertThat(shop.reportedLeads()).containsExactly(LoginFormTests.LEAD);
        }
    }

    @Configuration
    @EnableSpringHttpSession
    static class Sessions {

        @Bean
        MapSessionRepository sessionRepository() {
            return new MapSessionRepository(new ConcurrentHashMap<>());
        }
    }
}
