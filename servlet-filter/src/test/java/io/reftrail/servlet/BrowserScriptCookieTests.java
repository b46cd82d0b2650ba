package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;

/**
 * Dub's page script writes its cookie for the page's host without {@code www.}, or for the domain that the site names
 * (docs/contracts/dub.md, section 2). The click is one lead all the same.
 */
class BrowserScriptCookieTests extends InBrowser {

    private static final String MARK = "_reftrail_dub_used@";

    @RegisterExtension
    static final Chromium resolving = Chromium.resolving("*.shop.example", "shop.example");

    @BeforeEach
    void serveDub() {
        browser = resolving;
        backend.reply("{\"link\":{}}");
        serve("dub.api-key", "dub_key", "dub.base-url", backend.url());
    }

    /** What the script does on a landing that this server did not clean, by its source. */
    private void scriptWrites(String attributes) {
        browser.driver()
                .executeScript("document.cookie = 'dub_id=k3Vt9QxLm2Za8RbE; Path=/; SameSite=Lax; Max-Age=7776000; "
                        + attributes + "'");
    }

    private void signUp(String host, String customer) {
        open(host, "/signin");
        browser.driver().findElement(By.name("customer")).clear();
        browser.driver().findElement(By.name("customer")).sendKeys(customer);
        signIn();
    }

    private void assertThatThereIsOneLead() {
        await().atMost(SOON)
                .during(Duration.ofMillis(300))
                .until(() -> backend.calls().size() == 1);
    }

    @ParameterizedTest
    @CsvSource({
        "www.shop.example, Domain=.shop.example",
        "app.shop.example, Domain=.app.shop.example",
        "app.shop.example, Domain=.shop.example",
        "shop.example, Domain=.shop.example",
    })
    void theCookieGoesForWhateverDomainItWasSet(String host, String domain) {
        open(host, "/");
        scriptWrites(domain);

        signUp(host, "kim");
        assertThat(browser.cookies()).containsExactly(MARK + host);
        signUp(host, "lee");

        assertThatThereIsOneLead();
    }

    /** The site has given the script another path, so that no server can name the cookie. */
    @Test
    void aCookieThatSurvivesIsNoSecondLead() {
        open("www.shop.example", "/signin");
        scriptWrites("Domain=.shop.example; Path=/signin");

        signUp("www.shop.example", "kim");
        assertThat(browser.cookies()).containsExactly(MARK + "www.shop.example", "dub_id@.shop.example");
        signUp("www.shop.example", "lee");

        assertThatThereIsOneLead();
    }

    @Test
    void theSameLinkAgainIsNoSecondLead() {
        open("www.shop.example", "/");
        scriptWrites("Domain=.shop.example");
        signUp("www.shop.example", "kim");

        open("www.shop.example", "/?dub_id=k3Vt9QxLm2Za8RbE");
        assertThat(browser.cookies())
                .contains(MARK + "www.shop.example")
                .noneMatch(cookie -> cookie.startsWith("dub_id") || cookie.startsWith("_reftrail_dub@"));
        signUp("www.shop.example", "lee");

        assertThatThereIsOneLead();
    }

    @Test
    void aNewClickIsANewLead() {
        open("www.shop.example", "/");
        scriptWrites("Domain=.shop.example");
        signUp("www.shop.example", "kim");
        assertThatThereIsOneLead();

        open("www.shop.example", "/?dub_id=p8Hc2WnYt5Jd1KsV");
        assertThat(browser.cookies())
                .containsExactly(
                        "_reftrail_dub@www.shop.example", MARK + "www.shop.example", "dub_id@www.shop.example");
        signUp("www.shop.example", "lee");

        await().atMost(SOON).until(() -> backend.calls().size() == 2);
    }
}
