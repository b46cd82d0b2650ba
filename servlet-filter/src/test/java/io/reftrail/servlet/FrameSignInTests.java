package io.reftrail.servlet;

import org.junit.jupiter.api.Test;

/** Sign-ins in a frame: of the same site they are leads, of another one only if cookies and browser allow it. */
class FrameSignInTests extends InBrowser {

    @Test
    void inAFrameOfTheSameSite() {
        serve();
        land();

        open("app.shop.localhost", "/frame?of=" + page(SHOP, "/signin"));
        browser.driver().switchTo().frame(0);
        signIn();

        assertThatTheLeadIsSafe();
    }

    @Test
    void inAFrameOfAnotherSiteNobodyKnowsOfTheClickAndItStays() {
        serve();
        land();

        open("blog.localhost", "/frame?of=" + page(SHOP, "/signin"));
        browser.driver().switchTo().frame(0);
        signIn();

        assertThatNothingHasHappened(CLICK);
    }

    @Test
    void inAFrameOfAnotherSiteWhereTheCookiesMayGoThere() {
        serve("cookie.same-site", "none", "cookie.secure", "always");
        land();

        open("blog.localhost", "/frame?of=" + page(SHOP, "/signin"));
        browser.driver().switchTo().frame(0);
        signIn();

        assertThatTheLeadIsSafe();
    }

    @Test
    void inAFrameOfAnotherSiteTheBrowserHasTheLastWord() {
        browser = strict;
        serve("cookie.same-site", "none", "cookie.secure", "always");
        land();

        open("blog.localhost", "/frame?of=" + page(SHOP, "/signin"));
        browser.driver().switchTo().frame(0);
        signIn();

        assertThatNothingHasHappened(CLICK);
    }
}
