package io.reftrail.security.routes;

import static io.reftrail.security.routes.Accounts.KIM;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A registration that signs the customer in by itself: Spring Security publishes no event. */
class RegistrationTests {

    @AutoClose
    private Shop shop = new Shop(ShopPlan.of(Registration.class).withSessionSignIns());

    @ParameterizedTest
    @ValueSource(strings = {"/register/repository", "/register/attribute", "/implicit/register"})
    void isOneLead(String path) {
        Browser kim = shop.browser().click();
        assertThat(kim.post(path, "username", KIM).status()).isIn(200, 302);
        assertThat(kim.get("/").body()).isEqualTo("home");
        assertThat(kim.hasClick()).isFalse();
        assertThat(shop.events).isEmpty();
        assertThat(shop.reportedLeads()).containsExactly(LoginFormTests.LEAD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/register/repository", "/register/attribute"})
    void isOneLeadWithSpringSession(String path) {
        shop.close();
        shop = new Shop(ShopPlan.of(Registration.class, StoredSessions.class)
                .withStages(
                        Stage.SPRING_SESSION,
                        Stage.CAPTURE,
                        Stage.REQUEST_CONTEXT,
                        Stage.SESSION_SIGN_INS,
                        Stage.SPRING_SECURITY));
        isOneLead(path);
    }

    @Test
    void isStoredWithoutAClickSoThatALaterClickIsNoLead() {
        Browser kim = shop.browser();
        kim.post("/register/repository", "username", KIM);
        shop.awaitKnown(KIM);
        shop.sleep();
        kim.drop("JSESSIONID");
        kim.click();
        kim.signIn(KIM);
        assertThat(shop.reportedLeads()).isEmpty();
    }

    @Test
    void isReportedOnceThoughTheCustomerSignsInAgain() {
        Browser kim = shop.browser().click();
        kim.post("/register/repository", "username", KIM);
        kim.drop("JSESSIONID");
        kim.signIn(KIM);
        assertThat(shop.reportedLeads()).containsExactly(LoginFormTests.LEAD);
    }

    @Test
    void workInSomebodysNameIsNoSignIn() {
        Browser kim = shop.browser().click();
        assertThat(kim.post("/api/run-as", "username", KIM).body()).isEqualTo(KIM);
        kim.get("/api/prices");
        assertThat(kim.hasClick()).isTrue();
        assertThat(shop.isKnown(KIM)).isFalse();
        assertThat(shop.reportedLeads()).isEmpty();
    }

    @Test
    void aPageOfASignedInCustomerIsNoSignIn() {
        Browser kim = shop.browser();
        kim.signIn(KIM);
        shop.awaitKnown(KIM);
        shop.sleep();
        kim.click();
        assertThat(kim.get("/api/me").body()).isEqualTo(KIM);
        assertThat(kim.hasClick()).isTrue();
        assertThat(shop.reportedLeads()).isEmpty();
    }
}
