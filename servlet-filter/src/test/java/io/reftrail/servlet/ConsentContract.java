package io.reftrail.servlet;

import static io.reftrail.servlet.Kits.introwCookies;
import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.servlet.ConsentPolicy.Consent;
import org.junit.jupiter.api.Test;

/** Whose click may be kept. */
class ConsentContract extends ServedContract {

    private static final String TARGET = "/page?irw_id=one&a=b";

    @Test
    void keepsAClickWhereConsentIsGranted() {
        serveWith(request -> Consent.GRANTED);

        assertThat(send(RawRequest.navigation(TARGET)).cookies()).containsExactly(introwCookies("one"));
    }

    @Test
    void stripsWithoutACookieWhereConsentIsRefused() {
        serveWith(request -> Consent.REFUSED);

        RawResponse navigation = send(RawRequest.navigation(TARGET));
        RawResponse other = send(RawRequest.get(TARGET));

        assertThat(navigation.status()).isEqualTo(302);
        assertThat(navigation.location()).isEqualTo("?a=b");
        assertThat(navigation.cookies()).isEmpty();
        assertThat(other.seen("query")).isEqualTo("a=b");
        assertThat(other.cookies()).isEmpty();
        assertThat(captures.reports()).containsExactly("introw CONSENT_REFUSED", "introw CONSENT_REFUSED");
    }

    @Test
    void anApplicationThatAddsTheParameterItselfIsNoEndlessLoopForThoseWhoRefuse() {
        serveWith(request -> Consent.REFUSED);
        RawRequest landing = RawRequest.navigation(TARGET);

        assertThat(send(landing).status()).isEqualTo(302);
        RawResponse again = send(landing);

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.seen("query")).isEqualTo("a=b");
        assertThat(again.cookies()).isEmpty();
    }

    @Test
    void leavesTheParametersInTheUrlWhileConsentIsPending() {
        serveWith(request -> Consent.PENDING);

        RawResponse response = send(RawRequest.navigation(TARGET));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.seen("query")).isEqualTo("irw_id=one&a=b");
        assertThat(response.cookies()).isEmpty();
        assertThat(captures.reports()).containsExactly("introw CONSENT_PENDING");
    }

    @Test
    void keepsNothingWhereThePolicyThrows() {
        serveWith(request -> {
            throw new IllegalStateException("no consent store");
        });

        assertServedAsItCame(send(RawRequest.navigation(TARGET)));
    }

    @Test
    @SuppressWarnings("NullAway")
    void keepsNothingWhereThePolicyHasNoAnswer() {
        serveWith(request -> null);

        assertServedAsItCame(send(RawRequest.navigation(TARGET)));
    }

    @Test
    void takesGlobalPrivacyControlForARefusalWhereItIsHonoured() {
        serveWith(ConsentPolicy.GLOBAL_PRIVACY_CONTROL);

        assertThat(send(RawRequest.navigation(TARGET).with("Sec-GPC", "1")).cookies())
                .isEmpty();
        assertThat(send(RawRequest.navigation(TARGET).with("Sec-GPC", "0")).cookies())
                .isNotEmpty();
        assertThat(send(RawRequest.navigation(TARGET)).cookies()).isNotEmpty();
    }

    @Test
    void doesNotHonourGlobalPrivacyControlUnlessTold() {
        assertThat(send(RawRequest.navigation(TARGET).with("Sec-GPC", "1")).cookies())
                .containsExactly(introwCookies("one"));
    }

    @Test
    void asksForNoConsentWhereNothingIsCaptured() {
        serveWith(request -> {
            throw new AssertionError("asked in vain");
        });

        assertThat(send(RawRequest.navigation("/page?a=b")).status()).isEqualTo(200);
        assertThat(send(RawRequest.navigation("/page?irw_id=")).status()).isEqualTo(200);
    }

    private void assertServedAsItCame(RawResponse response) {
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.seen("query")).isEqualTo("irw_id=one&a=b");
        assertThat(response.cookies()).isEmpty();
        assertThat(captures.reports()).containsExactly("introw FAILED");
    }

    private void serveWith(ConsentPolicy policy) {
        serve(new WebApp(ReferralCaptureFilter.builder(reftrail).consent(policy).build()));
    }
}
