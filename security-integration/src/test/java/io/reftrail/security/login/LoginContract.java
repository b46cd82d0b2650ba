package io.reftrail.security.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What must happen whichever way in a customer takes: one lead for a new one, none for one who was there before. */
abstract class LoginContract {

    @AutoClose
    final Shop shop;

    LoginContract(Shop shop) {
        this.shop = shop;
    }

    /** Somebody who has not been here with this browser. */
    Visitor visitor() {
        return Visitor.withoutCookies();
    }

    /** Lets the same customer sign in, who has nothing but a landing behind them; ends at a page for members. */
    abstract Trail signIn(Visitor visitor);

    /** What Spring Security publishes at one sign-in. */
    abstract List<String> publishedEvents();

    /** The path whose answer signs the customer in. */
    abstract String signsInAt();

    abstract String customerId();

    /** What the backend is told, after the customer's id. */
    abstract String told();

    @Test
    void aNewCustomerIsOneLead() {
        Visitor kim = visitor();
        kim.open(shop.at("/?refp_id=click_1"));
        assertThat(kim.cookie("refp_id")).isEqualTo("click_1");
        shop.events.clear();

        Trail trail = signIn(kim);

        assertThat(trail.status()).isEqualTo(200);
        assertThat(trail.body()).isEqualTo("members");
        assertThat(shop.events).isEqualTo(publishedEvents());
        assertThat(trail.cookieLines("refp_id"))
                .containsExactly(signsInAt() + ": refp_id=; Max-Age=0; Path=/; SameSite=Lax");
        assertThat(trail.cookieLines("_reftrail_refport"))
                .containsExactly(signsInAt() + ": _reftrail_refport=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax");
        assertThat(kim.cookie("refp_id")).isNull();

        Visitor elsewhere = visitor();
        elsewhere.open(shop.at("/?refp_id=click_2"));
        assertThat(signIn(elsewhere).body()).isEqualTo("members");
        assertThat(shop.reported())
                .containsExactly("{\"clickId\":\"click_1\",\"eventName\":\"Sign Up\",\"customerExternalId\":\""
                        + customerId() + "\"" + told() + "}");
    }

    @Test
    void whoHasSignedInBeforeIsNoLeadAndKeepsTheCookie() {
        assertThat(signIn(visitor()).body()).isEqualTo("members");
        shop.awaitKnown(customerId());
        shop.clock.skip(Duration.ofDays(7));
        Visitor kim = visitor();
        kim.open(shop.at("/?refp_id=click_1"));

        Trail trail = signIn(kim);

        assertThat(trail.body()).isEqualTo("members");
        assertThat(trail.cookieLines("refp_id")).isEmpty();
        assertThat(kim.cookie("refp_id")).isEqualTo("click_1");
        assertThat(shop.reported()).isEmpty();
    }
}
