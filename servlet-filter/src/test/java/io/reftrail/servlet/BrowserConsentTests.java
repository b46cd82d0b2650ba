package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A visitor who is asked for consent by a script, in a real browser: what a site has to do so that the click is kept. */
class BrowserConsentTests extends InBrowser {

    private static final String[] CONSENT = {"_introw_aff@" + SHOP, "_reftrail_introw@" + SHOP, "consent@" + SHOP};

    private void serveWithConsent() {
        serve("consent.cookie-name", "consent", "consent.cookie-granted", "marketing:true");
    }

    private void decide(boolean marketing) {
        browser.driver()
                .executeScript("document.cookie = 'consent=' + encodeURIComponent('{marketing:" + marketing
                        + "}') + '; path=/'");
    }

    private String address() {
        return browser.driver().getCurrentUrl();
    }

    @Test
    void untilTheDecisionNothingIsStoredAndTheAddressKeepsTheParameter() {
        serveWithConsent();

        open(SHOP, "/?irw_id=one&a=b");

        assertThat(browser.cookies()).isEmpty();
        assertThat(address()).isEqualTo(page(SHOP, "/?irw_id=one&a=b"));
    }

    @Test
    void onceGrantedAReloadOfTheLandingKeepsTheClickAndCleansTheAddress() {
        serveWithConsent();
        open(SHOP, "/?irw_id=one&a=b");

        decide(true);
        browser.driver().navigate().refresh();

        assertThat(browser.cookies()).containsExactly(CONSENT);
        assertThat(address()).isEqualTo(page(SHOP, "/?a=b"));
    }

    /** A script's request is not a visit (docs/decisions/0032). */
    @Test
    void onceGrantedARequestForTheLandingInTheBackgroundKeepsNoClick() {
        serveWithConsent();
        open(SHOP, "/?irw_id=one&a=b");

        decide(true);
        browser.driver()
                .executeAsyncScript("let done = arguments[0];"
                        + " fetch(location.href, {headers: {Accept: 'text/plain'}}).then(() => done())");

        assertThat(browser.cookies()).containsExactly("consent@" + SHOP);
    }

    @Test
    void grantedOnALaterPageWithoutTheParameterTheClickIsGone() {
        serveWithConsent();
        open(SHOP, "/?irw_id=one");
        open(SHOP, "/");

        decide(true);
        browser.driver().navigate().refresh();

        assertThat(browser.cookies()).containsExactly("consent@" + SHOP);
    }

    @Test
    void onceRefusedTheAddressIsCleanedAndNothingIsStored() {
        serveWithConsent();
        open(SHOP, "/?irw_id=one&a=b");

        decide(false);
        browser.driver().navigate().refresh();

        assertThat(browser.cookies()).containsExactly("consent@" + SHOP);
        assertThat(address()).isEqualTo(page(SHOP, "/?a=b"));
    }

    @Test
    void whoeverWithdrawsHasNoClickAfterTheNextPageAndIsNoLead() {
        serveWithConsent();
        open(SHOP, "/?irw_id=one");
        decide(true);
        browser.driver().navigate().refresh();
        assertThat(browser.cookies()).containsExactly(CONSENT);

        decide(false);
        open(SHOP, "/signin");
        assertThat(browser.cookies()).containsExactly("consent@" + SHOP);
        signIn();

        assertThat(backend.calls()).isEmpty();
    }
}
