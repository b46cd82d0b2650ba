package io.reftrail.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reftrail.Reftrail;
import io.reftrail.backend.dub.DubBackend;
import io.reftrail.capture.HeaderExchange;
import io.reftrail.model.Attribution;
import io.reftrail.model.Outcome.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A visitor of a partner's link has what the real capture gives, and the real reader finds. */
class PartnerClickTests {

    @RegisterExtension
    final ReftrailExtension shop = ReftrailExtension.with(
            TestBackends.named("introw"),
            TestBackends.named("affitor"),
            DubBackend.builder("key").domain("go.example").callsPerMinute(0).build());

    private List<Attribution> attributions(VisitorCookies cookies) {
        return shop.reftrail().attributions(HeaderExchange.of(cookies.header(), true));
    }

    private VisitorCookies cookies(PartnerClick click) {
        return click.in(shop.reftrail());
    }

    @Test
    void aClickIdStandsInTheVendorsCookieAndItsTimeBesideIt() {
        Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);

        VisitorCookies cookies = cookies(PartnerClick.of("introw", "aff_1"));

        assertThat(cookies.values()).containsOnlyKeys("_introw_aff", "_reftrail_introw");
        assertThat(attributions(cookies)).singleElement().satisfies(click -> {
            assertThat(click.clickId()).isEqualTo("aff_1");
            assertThat(click.clickedAt()).isBetween(before, Instant.now());
        });
    }

    @Test
    void aClickMayBeOld() {
        Instant then = Instant.now().minus(Duration.ofDays(20)).truncatedTo(ChronoUnit.SECONDS);

        assertThat(attributions(cookies(PartnerClick.of("introw", "aff_1").at(then))))
                .singleElement()
                .satisfies(click -> assertThat(click.clickedAt()).isEqualTo(then));
        assertThat(attributions(cookies(PartnerClick.of("affitor", "nora").at(then))))
                .singleElement()
                .satisfies(click -> {
                    assertThat(click.clickedAt()).isEqualTo(then);
                    assertThat(click.clickId()).isEqualTo("clk_nora");
                });
    }

    @Test
    void aCodeIsExchanged() {
        VisitorCookies cookies = cookies(PartnerClick.of("affitor", "nora"));

        assertThat(cookies.values()).containsEntry("affitor_click_id", "clk_nora");
        assertThat(shop.events()).clicks().hasClickOf("nora").from("affitor");
    }

    @Test
    void aCodeMayNotBeExchangedYet() {
        VisitorCookies cookies = cookies(PartnerClick.of("affitor", "nora").notYetExchanged());

        assertThat(cookies.values()).containsKey("_reftrail_affitor").doesNotContainKey("affitor_click_id");
        assertThat(attributions(cookies)).singleElement().matches(Attribution::awaitsClickId);
    }

    @Test
    void anInactiveLinkLeavesNothing() {
        shop.events().vendor("affitor").answers(Verdict.IGNORED);

        assertThat(attributions(cookies(PartnerClick.of("affitor", "nora")))).isEmpty();
    }

    @Test
    void aLinkMayBeOfAnyKind() {
        assertThat(cookies(PartnerClick.onLinkWith("via=nora&plan=pro")).values())
                .containsEntry("dub_id", "clk_nora");
        assertThat(cookies(PartnerClick.of("dub", "k3V")).values()).containsEntry("dub_id", "k3V");
    }

    @Test
    void whatNobodyCapturesIsRefused() {
        Reftrail reftrail = shop.reftrail();
        assertThatThrownBy(() -> PartnerClick.of("acme", "nora").in(reftrail))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no active backend is named 'acme'; there are [introw, affitor, dub]");
        assertThatThrownBy(() -> PartnerClick.of("introw", " ").in(reftrail))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no click is in 'irw_id=+' for any of [introw, affitor, dub]");
        assertThatThrownBy(() -> PartnerClick.onLinkWith("plan=pro").in(reftrail))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no click is in 'plan=pro' for any of [introw, affitor, dub]");
    }

    @Test
    void aBrowserDropsWhatItIsToldToDrop() {
        VisitorCookies cookies = VisitorCookies.none().after(List.of("a=1; Path=/", "b=2=2; Max-Age=7; Path=/"));

        assertThat(cookies.header()).isEqualTo("a=1; b=2=2");
        assertThat(cookies.after(List.of("a=; Max-Age=0; Path=/")).header()).isEqualTo("b=2=2");
    }
}
