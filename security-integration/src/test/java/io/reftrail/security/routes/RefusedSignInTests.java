package io.reftrail.security.routes;

import static io.reftrail.security.routes.Accounts.KIM;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Sign-ins that Spring Security refuses after the password was right. */
class RefusedSignInTests {

    @AutoClose
    private final Shop shop = new Shop(ShopPlan.of(SessionLimit.class).withSessionSignIns());

    @Test
    void oneThatExceedsTheNumberOfSessionsIsNoLeadAndKeepsTheClick() {
        Browser second = shop.browser().click();
        shop.browser().signIn(KIM);
        Reply refused = second.signIn(KIM);
        assertThat(refused.location()).endsWith("/login?error");
        assertThat(refused.expiresClick()).isFalse();
        assertThat(second.hasClick()).isTrue();
        assertThat(shop.reportedLeads()).isEmpty();
    }

    @Test
    void oneWithinTheNumberOfSessionsIsALead() {
        assertThat(shop.browser().click().signIn(KIM).expiresClick()).isTrue();
        assertThat(shop.reportedLeads()).containsExactly(LoginFormTests.LEAD);
    }
}
