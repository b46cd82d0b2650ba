package io.reftrail.security.routes;

import static io.reftrail.security.routes.Accounts.KIM;
import static io.reftrail.security.routes.Accounts.PAT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.core.ResolvableType;

/** Applications whose events are delivered on other threads. */
class EventMulticasterTests {

    @AutoClose
    private final ListenerLog log = new ListenerLog();

    @Test
    void springsOwnLeavesTheListenerOnTheThreadOfTheRequest() {
        try (Shop shop = new Shop(ShopPlan.of(LoginForm.class, WithExecutor.class))) {
            assertThat(shop.browser().click().signIn(KIM).expiresClick()).isTrue();
            assertThat(shop.reportedLeads()).containsExactly(LoginFormTests.LEAD);
            assertThat(log.linesOnMissingRequests()).isEmpty();
        }
    }

    @Test
    void anotherLeavesAtLeastTheMemoryOfWhoHasSignedIn() {
        try (Shop shop = new Shop(ShopPlan.of(LoginForm.class, OfTheApplication.class))) {
            Browser kim = shop.browser().click();
            assertThat(kim.signIn(KIM).status()).isEqualTo(302);
            assertThat(kim.get("/").body()).isEqualTo("home");
            shop.browser().signIn(PAT);
            shop.awaitKnown(KIM);
            shop.awaitKnown(PAT);
            assertThat(kim.hasClick()).isTrue();
            assertThat(log.lines()).hasSize(1).isEqualTo(log.linesOnMissingRequests());
            assertThat(shop.reportedLeads()).isEmpty();
        }
    }

    @Configuration
    static class WithExecutor {

        @Bean(destroyMethod = "shutdownNow")
        ExecutorService events() {
            return Executors.newSingleThreadExecutor();
        }

        @Bean
        ApplicationEventMulticaster applicationEventMulticaster(ExecutorService events) {
            SimpleApplicationEventMulticaster multicaster = new SimpleApplicationEventMulticaster();
            multicaster.setTaskExecutor(events);
            return multicaster;
        }
    }

    @Configuration
    static class OfTheApplication {

        @Bean(destroyMethod = "shutdownNow")
        ExecutorService events() {
            return Executors.newSingleThreadExecutor();
        }

        @Bean
        ApplicationEventMulticaster applicationEventMulticaster(ExecutorService events) {
            return new Inconsiderate(events);
        }
    }

    /** Does not ask a listener whether it minds. */
    private static final class Inconsiderate extends SimpleApplicationEventMulticaster {

        private final ExecutorService events;

        Inconsiderate(ExecutorService events) {
            this.events = events;
        }

        @Override
        public void multicastEvent(ApplicationEvent event, @Nullable ResolvableType type) {
            ResolvableType known = type == null ? ResolvableType.forInstance(event) : type;
            getApplicationListeners(event, known)
                    .forEach(listener -> events.execute(() -> invokeListener(listener, event)));
        }
    }
}
