package io.reftrail.servlet;

import static io.reftrail.servlet.Kits.NOW;
import static io.reftrail.servlet.Kits.companion;
import static io.reftrail.servlet.Kits.introwCookies;
import static io.reftrail.servlet.Kits.refportCookies;
import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.Reftrail;
import io.reftrail.capture.ReferralCapture.ClickModel;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A visitor who has clicked before. */
class RepeatContract extends ServedContract {

    private static final Instant YESTERDAY = NOW.minus(Duration.ofDays(1));

    @Test
    void renewsTheWindowOfTheSameClickAndRemembersItsFirstTime() {
        RawResponse response = send(RawRequest.navigation("/page?irw_id=one").with("Cookie", clicked("one")));

        String[] renewed = introwCookies("one");
        renewed[1] = renewed[1].replace(companion("one"), companion("one", YESTERDAY));
        assertThat(response.cookies()).startsWith(renewed).hasSize(3);
        assertThat(captures.reports()).containsExactly("introw RENEWED");
    }

    @Test
    void replacesTheClickBeforeByANewOne() {
        RawResponse response = send(RawRequest.navigation("/page?irw_id=two").with("Cookie", clicked("one")));

        assertThat(response.cookies()).startsWith(introwCookies("two")).hasSize(3);
        assertThat(captures.reports()).containsExactly("introw CAPTURED");
    }

    @Test
    void keepsTheFirstClickOfEachBackendWhereTheFirstCounts() {
        try (Reftrail first =
                Kits.builder(captures).attributionModel(ClickModel.FIRST_CLICK).build()) {
            serve(new WebApp(ReferralCaptureFilter.builder(first).build()));

            RawResponse response = send(
                    RawRequest.navigation("/page?irw_id=two&refp_id=other&a=b").with("Cookie", clicked("one")));

            assertThat(response.location()).isEqualTo("?a=b");
            assertThat(response.cookies()).startsWith(refportCookies("other")).hasSize(3);
            assertThat(captures.reports()).containsExactly("introw KEPT", "refport CAPTURED");
        }
    }

    @Test
    void readsItsCookieBehindOnesThatNoServerCanParse() {
        RawResponse response = send(RawRequest.navigation("/page?irw_id=one")
                .with("Cookie", "broken=\"a; {\"json\":1}; =; " + clicked("one") + "; last"));

        assertThat(captures.reports()).containsExactly("introw RENEWED");
        assertThat(response.status()).isEqualTo(302);
    }

    private static String clicked(String clickId) {
        return "_introw_aff=" + clickId + "; _reftrail_introw=" + companion(clickId, YESTERDAY);
    }
}
