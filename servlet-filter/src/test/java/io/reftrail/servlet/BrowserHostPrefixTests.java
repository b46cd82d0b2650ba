package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A cookie whose name begins with {@code __Host-} (RFC 6265bis, section 4.1.3.2), in a browser that knows what that means. */
class BrowserHostPrefixTests extends InBrowser {

    private static final String OURS = "__Host-_reftrail_introw";
    private static final String[] SIGNED_CLICK = {OURS + "@" + SHOP, "_introw_aff@" + SHOP};

    @Test
    void isTakenByTheBrowserAndGoesWhenTheLeadIsSafe() {
        serveSigned("true");
        land();
        assertThat(browser.cookies()).containsExactly(SIGNED_CLICK);

        open(SHOP, "/signin");
        signIn();

        assertThatTheLeadIsSafe();
    }

    @Test
    void cannotBeTossedByAnotherHostOfTheDomain() {
        serveSigned("true");
        open("evil.shop.localhost", "/");
        write(OURS + "=anything; domain=shop.localhost; path=/; secure");
        write(OURS + "=anything; domain=shop.localhost; path=/signin; secure");

        open(SHOP, "/");

        assertThat(browser.cookies()).isEmpty();
    }

    /** Without the prefix the same line reaches us, so it is the prefix that keeps the other one out. */
    @Test
    void withoutThePrefixAnotherHostOfTheDomainCan() {
        serveSigned("false");
        open("evil.shop.localhost", "/");
        write("_reftrail_introw=anything; domain=shop.localhost; path=/; secure");

        open(SHOP, "/");

        assertThat(browser.cookies()).containsExactly("_reftrail_introw@.shop.localhost");
    }

    private void serveSigned(String hostPrefix) {
        serve(
                "cookie.signing-keys",
                "0123456789-abcdefghijklmnopqrstuvwxyz",
                "cookie.secure",
                "always",
                "cookie.host-prefix",
                hostPrefix);
    }

    private void write(String cookie) {
        browser.driver().executeScript("document.cookie = arguments[0]", cookie);
    }
}
