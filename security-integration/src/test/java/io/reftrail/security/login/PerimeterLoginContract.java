package io.reftrail.security.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * Who somebody is comes with each request, from a certificate or a proxy: the customer has signed in before the application
 * sees anything, so the page after the landing is a sign-in, and that one is the lead.
 */
abstract class PerimeterLoginContract {

    @AutoClose
    final Shop shop;

    PerimeterLoginContract(Shop shop) {
        this.shop = shop;
    }

    abstract Visitor visitor();

    /** What Spring Security publishes at the first request of a visitor. */
    abstract List<String> publishedAtFirst();

    /** What it publishes at each later one. */
    abstract List<String> publishedLater();

    abstract String customerId();

    @Test
    void thePageAfterTheLandingIsOneLead() {
        Visitor kim = visitor();
        Trail landing = kim.open(shop.at("/?refp_id=click_1"));

        assertThat(landing.status()).isEqualTo(200);
        assertThat(landing.hops()).hasSize(2);
        assertThat(shop.events).isEqualTo(publishedAtFirst());
        assertThat(landing.cookieLines("refp_id")).hasSize(2).last().asString().startsWith("/: refp_id=; Max-Age=0;");
        assertThat(kim.cookie("refp_id")).isNull();

        shop.events.clear();
        assertThat(kim.open(shop.at("/members")).body()).isEqualTo("members");
        assertThat(shop.events).isEqualTo(publishedLater());
        visitor().open(shop.at("/?refp_id=click_2"));
        assertThat(shop.reported())
                .containsExactly("{\"clickId\":\"click_1\",\"eventName\":\"Sign Up\",\"customerExternalId\":\""
                        + customerId() + "\"}");
    }

    @Test
    void whoWasHereBeforeIsNoLeadAndKeepsTheCookie() {
        assertThat(visitor().open(shop.at("/members")).body()).isEqualTo("members");
        shop.awaitKnown(customerId());
        shop.clock.skip(Duration.ofDays(7));
        Visitor kim = visitor();

        assertThat(kim.open(shop.at("/?refp_id=click_1")).status()).isEqualTo(200);
        assertThat(kim.open(shop.at("/members")).body()).isEqualTo("members");

        assertThat(kim.cookie("refp_id")).isEqualTo("click_1");
        assertThat(shop.reported()).isEmpty();
    }
}
