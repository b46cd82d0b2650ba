package io.reftrail.security.routes;

import static io.reftrail.security.routes.Accounts.KIM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;

/** A server whose requests run on virtual threads. The build's JDK 17 has none: {@code .ci/run} runs this on a newer one. */
class VirtualThreadTests {

    @BeforeEach
    void thereAreVirtualThreads() {
        assumeThat(Runtime.version().feature()).isGreaterThanOrEqualTo(21);
    }

    @Test
    void aSignInIsOneLead() {
        ShopPlan plan = ShopPlan.of(LoginForm.class, ThreadNames.class)
                .withThreads(() -> new VirtualThreadExecutor("virtual-"));
        try (Shop shop = new Shop(plan)) {
            Browser kim = shop.browser().click();
            assertThat(kim.signIn(KIM).expiresClick()).isTrue();
            assertThat(shop.context.getBean(ThreadNames.class).names)
                    .singleElement()
                    .asString()
                    .startsWith("VirtualThread");
            assertThat(shop.reportedLeads()).containsExactly(LoginFormTests.LEAD);
        }
    }

    @Test
    void whatAThreadServesStaysWithIt() {
        ShopPlan plan = ShopPlan.of(LoginForm.class)
                .withStages(Stage.CAPTURE, Stage.SPRING_SECURITY)
                .withThreads(() -> new VirtualThreadExecutor("virtual-"));
        try (Shop shop = new Shop(plan)) {
            Browser kim = shop.browser().click();
            assertThat(kim.signIn(KIM).expiresClick()).isTrue();
            shop.browser().signIn(Accounts.PAT);
            shop.awaitKnown(Accounts.PAT);
            assertThat(shop.reportedLeads()).containsExactly(LoginFormTests.LEAD);
        }
    }

    /** Where people are signed in. */
    @Configuration
    static class ThreadNames {

        final List<String> names = new CopyOnWriteArrayList<>();

        @EventListener
        public void signedIn(InteractiveAuthenticationSuccessEvent event) {
            names.add(Thread.currentThread().toString());
        }
    }
}
