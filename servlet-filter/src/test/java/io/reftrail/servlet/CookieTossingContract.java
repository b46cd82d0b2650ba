package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.Reftrail;
import io.reftrail.capture.CookieSettings;
import io.reftrail.capture.CookieSettings.SameSite;
import io.reftrail.capture.CookieSettings.Secure;
import io.reftrail.capture.CookieSigning;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Another host below the same domain sets cookies of our names for the domain. A browser sends both, the one with the longer path
 * first (RFC 6265, section 5.4), and the server cannot tell them apart.
 */
class CookieTossingContract extends ServedContract {

    private static final CookieSettings SECURE = new CookieSettings("/", null, SameSite.LAX, Secure.ALWAYS);
    private static final List<String> KEYS = List.of("0123456789-abcdefghijklmnopqrstuvwxyz");

    private Reftrail own = Kits.builder(captures).build();

    @AfterEach
    void close() {
        stopServer();
        own.close();
    }

    private void serve(CookieSigning signing) {
        own.close();
        own = Kits.builder(captures).cookies(SECURE).cookieSigning(signing).build();
        serve(SignUp.addTo(new WebApp(ReferralCaptureFilter.builder(own).build())));
    }

    private String landed(String clickId) {
        return send(RawRequest.navigation("/page?irw_id=" + clickId)).cookies().stream()
                .map(line -> line.substring(0, line.indexOf(';')))
                .collect(Collectors.joining("; "));
    }

    private String clicks(String cookies) {
        return send(RawRequest.get("/clicks").with("Cookie", cookies)).body();
    }

    @Test
    void withoutKeysOurOwnClickWinsAndATossedOneAloneCounts() {
        serve(CookieSigning.NONE);
        String landed = landed("ours");

        assertThat(clicks("_introw_aff=tossed; " + landed)).isEqualTo("[ours]");
        assertThat(clicks(landed + "; _introw_aff=tossed")).isEqualTo("[ours]");
        assertThat(clicks("_introw_aff=tossed")).isEqualTo("[tossed]");
    }

    @Test
    void withoutKeysATossedPairInFrontWins() {
        serve(CookieSigning.NONE);
        String tossed = "_introw_aff=tossed; _reftrail_introw=" + Kits.companion("tossed");

        assertThat(clicks(tossed + "; " + landed("ours"))).isEqualTo("[tossed]");
    }

    @Test
    void withKeysATossedClickIdCountsForNobody() {
        serve(CookieSigning.of(KEYS));
        String tossed = "_introw_aff=tossed; _reftrail_introw=" + Kits.companion("tossed");

        assertThat(clicks(tossed)).isEqualTo("[]");
        assertThat(clicks(tossed + "; " + landed("ours"))).isEqualTo("[ours]");
    }

    /** A signature states that the site was opened with a click id, and not by which visitor; the prefix prevents copying. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoFetchesASignedPairCanTossItButNotUnderTheHostPrefix(boolean prefix) {
        serve(CookieSigning.of(KEYS, false, null, prefix));
        String fetched = landed("tossed");
        String asAnotherHostCanSetIt = fetched.replace("__Host-", "");

        assertThat(clicks(asAnotherHostCanSetIt + "; " + landed("ours"))).isEqualTo(prefix ? "[ours]" : "[tossed]");
        assertThat(clicks(asAnotherHostCanSetIt)).isEqualTo(prefix ? "[]" : "[tossed]");
    }
}
