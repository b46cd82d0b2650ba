package io.reftrail.security.routes;

import static io.reftrail.security.routes.Accounts.KIM;
import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.Customer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The login form. */
class LoginFormTests {

    static final String LEAD = "{\"clickId\":\"aff_1\",\"email\":\"kim@example.org\"}";

    @AutoClose
    private Shop shop = new Shop(ShopPlan.of(LoginForm.class));

    @Test
    void publishesTwoEventsAndIsOneLead() {
        Browser kim = shop.browser().click();
        Reply reply = kim.signIn(KIM);
        assertThat(reply.status()).isEqualTo(302);
        assertThat(reply.expiresClick()).isTrue();
        assertThat(kim.hasClick()).isFalse();
        assertThat(kim.get("/").body()).isEqualTo("home");
        assertThat(shop.events).containsExactly("AuthenticationSuccessEvent", "InteractiveAuthenticationSuccessEvent");
        assertThat(shop.reportedLeads()).containsExactly(LEAD);
    }

    @Test
    void theCustomerIsLookedUpOnceForBothEvents() {
        AtomicInteger lookUps = new AtomicInteger();
        shop.close();
        shop = new Shop(ShopPlan.of(LoginForm.class).withCustomers(authentication -> {
            lookUps.incrementAndGet();
            return Customer.of(authentication.getName());
        }));
        shop.browser().click().signIn(KIM);
        assertThat(shop.events).hasSize(2);
        assertThat(lookUps).hasValue(1);
        shop.browser().signIn(KIM);
        assertThat(lookUps).hasValue(2);
    }

    @Test
    void aWrongPasswordReportsNothingAndTheClickStays() {
        Browser kim = shop.browser().click();
        assertThat(kim.post("/login", "username", KIM, "password", "wrong").location())
                .endsWith("/login?error");
        assertThat(kim.hasClick()).isTrue();
        assertThat(shop.isKnown(KIM)).isFalse();
        assertThat(shop.events).containsExactly("AuthenticationFailureBadCredentialsEvent");
        assertThat(shop.reportedLeads()).isEmpty();
    }

    @Test
    void whoeverIsNotSignedInIsNobody() {
        Browser visitor = shop.browser().click();
        assertThat(visitor.get("/").status()).isEqualTo(302);
        assertThat(visitor.get("/api/prices").status()).isEqualTo(200);
        assertThat(shop.events).isEmpty();
        assertThat(shop.reportedLeads()).isEmpty();
    }

    @Test
    void whoeverProvesThePasswordAgainIsOneLeadInAll() {
        Browser kim = shop.browser().click();
        kim.signIn(KIM);
        kim.click();
        assertThat(kim.signIn(KIM).status()).isEqualTo(302);
        assertThat(shop.events)
                .filteredOn("InteractiveAuthenticationSuccessEvent"::equals)
                .hasSize(2);
        assertThat(shop.reportedLeads()).containsExactly(LEAD);
    }

    @Test
    void whoeverWasSignedInBeforeTheClickIsNoLeadOfIt() {
        Browser kim = shop.browser();
        kim.signIn(KIM);
        shop.awaitKnown(KIM);
        shop.sleep();
        kim.click();
        assertThat(kim.signIn(KIM).expiresClick()).isFalse();
        assertThat(shop.reportedLeads()).isEmpty();
    }

    /** The button was pressed twice: both threads stand in the listener at the same time. */
    @Test
    void twoSubmissionsAtTheSameTimeAreOneLead() {
        CyclicBarrier bothAreHere = new CyclicBarrier(2);
        shop.close();
        shop = new Shop(ShopPlan.of(LoginForm.class).withCustomers(authentication -> {
            await(bothAreHere);
            return Customer.of(authentication.getName()).withEmail(authentication.getName());
        }));
        Browser kim = shop.browser().click();
        List<CompletableFuture<Reply>> submissions = Stream.of(1, 2)
                .map(press -> kim.postLater("/login", "username", KIM, "password", "secret"))
                .toList();
        assertThat(submissions)
                .allSatisfy(submission -> assertThat(submission.join().status()).isEqualTo(302));
        assertThat(kim.hasClick()).isFalse();
        assertThat(shop.reportedLeads()).containsExactly(LEAD);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception alone) {
            throw new IllegalStateException(alone);
        }
    }
}
