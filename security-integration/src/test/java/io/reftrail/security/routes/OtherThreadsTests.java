package io.reftrail.security.routes;

import static io.reftrail.security.routes.Accounts.KIM;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads that are not the request's. */
class OtherThreadsTests {

    @AutoClose
    private final ListenerLog log = new ListenerLog();

    @AutoClose
    private Shop shop = new Shop(ShopPlan.of(OtherThreads.class));

    @ParameterizedTest
    @ValueSource(strings = {"/async", "/executor"})
    void workThatCarriesTheSecurityContextIsNoSignIn(String path) {
        Browser kim = shop.browser();
        kim.signIn(KIM);
        shop.events.clear();
        assertThat(kim.click().get(path).body()).isEqualTo(KIM);
        assertThat(kim.hasClick()).isTrue();
        assertThat(shop.events).isEmpty();
        assertThat(shop.reportedLeads()).isEmpty();
    }

    @Test
    void whoeverIsAuthenticatedOnAnotherThreadIsRememberedAndIsALeadOnTheNextOccasion() {
        Browser kim = shop.browser().click();
        assertThat(kim.post("/api/elsewhere").body()).isEqualTo(KIM);
        assertThat(kim.post("/api/elsewhere").body()).isEqualTo(KIM);
        assertThat(shop.events).containsExactly("AuthenticationSuccessEvent", "AuthenticationSuccessEvent");
        assertThat(kim.hasClick()).isTrue();
        shop.awaitKnown(KIM);
        assertThat(log.lines()).hasSize(1).isEqualTo(log.linesOnMissingRequests());
        kim.signIn(KIM);
        assertThat(kim.hasClick()).isFalse();
        assertThat(shop.reportedLeads()).containsExactly(LoginFormTests.LEAD);
    }

    @Test
    void aRequestThatAThreadHasInheritedIsNotUsedOnceItIsOver() {
        shop.close();
        shop = new Shop(ShopPlan.of(OtherThreads.class)
                .withStages(Stage.CAPTURE, Stage.INHERITED_REQUEST_CONTEXT, Stage.SPRING_SECURITY));
        Browser kim = shop.browser().click();
        assertThat(kim.post("/api/afterwards").body()).isEqualTo("later");
        assertThat(kim.get("/api/prices").body()).isEqualTo("prices");
        shop.context.getBean(CountDownLatch.class).countDown();
        shop.awaitKnown(KIM);
        assertThat(log.lines()).hasSize(1).isEqualTo(log.linesOnMissingRequests());
        assertThat(shop.reportedLeads()).isEmpty();
    }
}
