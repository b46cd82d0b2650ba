package io.reftrail.security.routes;

import static io.reftrail.security.routes.Accounts.KIM;
import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.Customer;
import io.reftrail.model.Decision;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Visitors who are signed in by a remember-me cookie: they return, and are not reported as leads. */
class RememberMeTests {

    @AutoClose
    private Shop shop = new Shop(ShopPlan.of(LoginForm.class));

    private static Browser remembered(Shop shop) {
        Browser kim = shop.browser();
        kim.post("/login", "username", KIM, "password", "secret", "remember-me", "on");
        kim.drop("JSESSIONID");
        shop.events.clear();
        return kim;
    }

    @Test
    void aReturnPublishesTwoEventsAndIsNoLead() {
        Browser kim = remembered(shop).click();
        assertThat(kim.get("/").body()).isEqualTo("home");
        assertThat(kim.hasClick()).isTrue();
        assertThat(shop.events).containsExactly("AuthenticationSuccessEvent", "InteractiveAuthenticationSuccessEvent");
        assertThat(shop.reportedLeads()).isEmpty();
        assertThat(shop.reftrail.operations().recentDecisions())
                .filteredOn(decision -> decision.stage() == Decision.Stage.SIGN_IN)
                .extracting(Decision::reason)
                .startsWith("returned")
                .doesNotContain("no-request");
    }

    /** The ledger is younger than the remember-me cookie, as after the kit was added to the application. */
    @Test
    void aReturnTellsTheLedgerThatTheCustomerIsKnown() {
        Browser kim = remembered(shop);
        shop.awaitKnown(KIM);
        shop.reftrail.forget(KIM);
        assertThat(shop.isKnown(KIM)).isFalse();
        assertThat(kim.get("/").body()).isEqualTo("home");
        shop.awaitKnown(KIM);
        shop.sleep();
        kim.drop("JSESSIONID");
        kim.drop("remember-me");
        kim.click().signIn(KIM);
        assertThat(kim.hasClick()).isTrue();
        assertThat(shop.reportedLeads()).isEmpty();
    }

    @Test
    void theCustomerIsLookedUpOnceForAVisit() {
        AtomicInteger lookUps = new AtomicInteger();
        shop.close();
        shop = new Shop(ShopPlan.of(LoginForm.class).withCustomers(authentication -> {
            lookUps.incrementAndGet();
            return Customer.of(authentication.getName());
        }));
        Browser kim = remembered(shop);
        lookUps.set(0);
        assertThat(kim.get("/").status()).isEqualTo(200);
        assertThat(kim.get("/").status()).isEqualTo(200);
        assertThat(lookUps).hasValue(1);
    }
}
