package io.reftrail.security.routes;

import static io.reftrail.security.routes.Accounts.KIM;
import static io.reftrail.security.routes.Accounts.PAT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Multi-factor authentication by Spring Security's own support: one lead, after the first factor or after all of them. */
class TwoFactorsTests {

    @AutoClose
    private final ListenerLog log = new ListenerLog();

    @AutoClose
    private Shop shop = new Shop(ShopPlan.withoutListener(TwoFactors.class, TwoFactors.ListeningForAll.class));

    private static Reply signInByToken(Browser browser, String name) {
        return browser.post("/login/ott", "token", token(browser, name));
    }

    private static String token(Browser browser, String name) {
        return browser.post("/ott/generate", "username", name).body();
    }

    @Test
    void afterTheFirstFactor() {
        shop.close();
        shop = new Shop(ShopPlan.of(TwoFactors.class));
        Browser kim = shop.browser().click();
        assertThat(kim.signIn(KIM).expiresClick()).isTrue();
        assertThat(kim.get("/").status()).isEqualTo(302);
        kim.click();
        signInByToken(kim, KIM);
        assertThat(kim.get("/").body()).isEqualTo("home");
        assertThat(shop.reportedLeads()).containsExactly(LoginFormTests.LEAD);
    }

    @Test
    void afterAllOfThem() {
        Browser kim = shop.browser().click();
        assertThat(kim.signIn(KIM).expiresClick()).isFalse();
        assertThat(kim.get("/").status()).isEqualTo(302);
        assertThat(shop.isKnown(KIM)).isFalse();
        assertThat(signInByToken(kim, KIM).expiresClick()).isTrue();
        assertThat(kim.get("/").body()).isEqualTo("home");
        assertThat(log.lines()).isEmpty();
        assertThat(shop.reportedLeads()).containsExactly(LoginFormTests.LEAD);
    }

    @Test
    void afterAllOfThemInTheOtherOrder() {
        Browser kim = shop.browser().click();
        assertThat(signInByToken(kim, KIM).expiresClick()).isFalse();
        assertThat(kim.signIn(KIM).expiresClick()).isTrue();
        assertThat(kim.get("/").body()).isEqualTo("home");
        assertThat(shop.reportedLeads()).containsExactly(LoginFormTests.LEAD);
    }

    @Test
    void afterAllOfThemWhereAControllerAsksForTheSecond() {
        Browser kim = shop.browser().click();
        kim.signIn(KIM);
        assertThat(kim.post("/api/second-factor", "token", token(kim, KIM)).expiresClick())
                .isTrue();
        assertThat(shop.reportedLeads()).containsExactly(LoginFormTests.LEAD);
    }

    @Test
    void theFactorsOfTwoPeopleAreNotOnePersons() {
        Browser both = shop.browser().click();
        both.signIn(KIM);
        assertThat(both.post("/api/second-factor", "token", token(both, PAT)).body())
                .isEqualTo(PAT);
        signInByToken(both, PAT);
        assertThat(both.hasClick()).isTrue();
        assertThat(shop.reportedLeads()).isEmpty();
    }

    @Test
    void whoeverProvesAFactorAgainIsOneLeadInAll() {
        Browser kim = shop.browser().click();
        kim.signIn(KIM);
        signInByToken(kim, KIM);
        kim.click().signIn(KIM);
        assertThat(shop.reportedLeads()).containsExactly(LoginFormTests.LEAD);
    }
}
