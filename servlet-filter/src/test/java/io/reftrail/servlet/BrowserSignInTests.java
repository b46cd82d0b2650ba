package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a browser sends the cookies of a click, and that it has none when the lead is safe. */
class BrowserSignInTests extends InBrowser {

    @Test
    void onAPage() {
        serve();
        land();
        assertThat(browser.cookies()).containsExactly(CLICK);

        open(SHOP, "/signin");
        signIn();

        assertThatTheLeadIsSafe();
    }

    @Test
    void inAPopup() {
        serve();
        land();

        browser.driver().executeScript("window.open('/signin', 'signin', 'popup')");
        await().atMost(SOON).until(() -> browser.driver().getWindowHandles().size() == 2);
        browser.driver().switchTo().window("signin");
        signIn();

        assertThatTheLeadIsSafe();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fetch('/signin?stay=1&customer=kim', {method: 'POST'}).then(answer => answer.text()).then(done)",
                "let ask = new XMLHttpRequest(); ask.onload = () => done(ask.responseText);"
                        + " ask.open('POST', '/signin?stay=1&customer=kim'); ask.send()"
            })
    void byAScript(String script) {
        serve();
        land();

        Object answer = browser.driver().executeAsyncScript("let done = arguments[0]; " + script);

        assertThat(answer).isEqualTo("{introw=ENQUEUED}");
        assertThatTheLeadIsSafe();
    }

    @Test
    void onAnotherSubdomainOfTheCookiesDomain() {
        serve("cookie.domain", "shop.localhost");
        land();
        assertThat(browser.cookies())
                .containsExactly("_introw_aff@.shop.localhost", "_reftrail_introw@.shop.localhost");

        open("app.shop.localhost", "/signin");
        signIn();

        assertThatTheLeadIsSafe();
    }

    @Test
    void onAnotherSubdomainNobodyKnowsOfAHostOnlyClickAndItStays() {
        serve();
        land();

        open("app.shop.localhost", "/signin");
        signIn();

        assertThatNothingHasHappened(CLICK);
    }

    @Test
    void bothTwinsGo() {
        serve("cookie.domain", "shop.localhost");
        land();
        browser.driver().executeScript("document.cookie = '_introw_aff=by-script; path=/'");
        assertThat(browser.cookies()).hasSize(3);

        open(SHOP, "/signin");
        signIn();

        assertThatTheLeadIsSafe();
    }

    @ParameterizedTest
    @CsvSource({"lax, auto, false", "none, always, true"})
    void byAFormThatAnotherSitePosts(String sameSite, String secure, boolean lead) {
        serve("cookie.same-site", sameSite, "cookie.secure", secure);
        land();

        open("idp.localhost", "/form?of=" + page(SHOP, "/signin"));
        signIn();

        if (lead) {
            assertThatTheLeadIsSafe();
        } else {
            assertThatNothingHasHappened(CLICK);
        }
    }

    @Test
    void byAFormThatAnotherSitePostsIntoASessionTheNextPageIsTheSignIn() {
        serve();
        land();

        open("idp.localhost", "/form?of=" + page(SHOP, "/login"));
        signIn();

        assertThat(browser.cookies()).containsExactly("JSESSIONID@" + SHOP);
        await().atMost(SOON).until(() -> backend.calls().size() == 1);
    }
}
