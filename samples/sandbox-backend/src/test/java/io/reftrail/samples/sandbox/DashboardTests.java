package io.reftrail.samples.sandbox;

import static io.reftrail.samples.sandbox.RunningSandbox.CONVERSIONS;
import static io.reftrail.samples.sandbox.RunningSandbox.INTROW_KEY;
import static io.reftrail.samples.sandbox.RunningSandbox.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** What a person sees on the page, in a real browser. Skipped where the machine has no Chromium. */
@Tag("browser")
class DashboardTests {

    @RegisterExtension
    static final RunningSandbox sandbox = RunningSandbox.usual();

    @RegisterExtension
    static final DashboardPage page = new DashboardPage();

    private final SomeVisitors visitors = new SomeVisitors(sandbox);

    @BeforeEach
    void openThePage() throws Exception {
        visitors.come();
        page.open(sandbox.port());
    }

    @Test
    void showsANewCallWithoutAReload() throws Exception {
        page.run("window.stillHere = true");
        assertThat(page.texts("#feed tbody tr")).hasSize(8);

        sandbox.post(CONVERSIONS, "{\"clickId\":\"forged\"}", INTROW_KEY);

        page.eventually(() -> assertThat(page.texts("#feed tbody tr")).hasSize(9));
        assertThat(page.texts("#feed tbody tr").get(0))
                .contains("introw", "POST " + CONVERSIONS, "200", "ignored", "the token was not signed here");
        assertThat(page.find("#news").getAttribute("textContent")).startsWith("New call: introw, ignored, the token");
        assertThat(page.run("return window.stillHere")).isEqualTo(true);
    }

    @Test
    void keepsFocusAndScrollPositionWhileCallsArrive() throws Exception {
        WebElement link = page.find("#links a[href='/go/mia']");
        page.run("arguments[0].focus(); window.scrollTo(0, 200)", link);

        sandbox.get("/go/mia");

        page.eventually(() -> assertThat(page.texts("#funnel tbody tr")).contains("mia 1 0 0 0 % – 0 %"));
        assertThat(page.driver().switchTo().activeElement()).isEqualTo(link);
        assertThat(page.run("return window.scrollY")).isEqualTo(200L);
    }

    @Test
    void showsNoAddressAndNoAttackButItsText() throws Exception {
        String attack = "<img src=x onerror=\\\"document.title='owned'\\\"><script>document.title='owned'</script>";
        visitors.refportLead(sandbox.click("/go/mia"), attack);

        page.eventually(() ->
                assertThat(page.text("#feed")).contains("<img src=x onerror=\"document.title='owned'\"><script>"));
        assertThat(page.driver().findElements(By.cssSelector("main img, main script")))
                .isEmpty();
        assertThat(page.driver().getTitle()).isEqualTo("Reftrail sandbox");
        assertThat(page.text("#feed")).contains("m***@example.org");
        assertThat(page.driver().getPageSource()).doesNotContain("mia@example.org");
    }

    @ParameterizedTest
    @CsvSource({
        "12900, usd, sale 129.00 USD",
        "500, jpy, sale 500 JPY",
        "1234, bhd, sale 1.234 BHD",
        "29000, all, sale 290.00 ALL",
        "700, xyz, sale 700 XYZ"
    })
    void showsWhatACallIsAboutAndTheSumInTheCurrencysOwnDecimals(long amount, String currency, String about)
            throws Exception {
        sandbox.post(
                "/sandbox/stripe/pay",
                "{\"client_reference_id\":\"mia\",\"amount\":" + amount + ",\"currency\":\"" + currency + "\"}");

        page.eventually(() -> assertThat(page.texts("#feed tbody tr").get(0)).contains("affihub " + about + " POST"));
    }

    @Test
    void linksEveryPartnerOfEveryVendor() throws Exception {
        List<String> links = json(sandbox.get("/sandbox/links"))
                .valueStream()
                .map(link -> link.path("path").asString())
                .toList();

        assertThat(links).contains("/affitor/links/inactive", "/d/unknown").hasSize(37);
        assertThat(page.driver().findElements(By.cssSelector("#links a")))
                .extracting(link -> link.getDomAttribute("href"))
                .containsExactlyElementsOf(links);
        assertThat(page.driver().findElements(By.cssSelector("#links a"))).allSatisfy(link -> {
            assertThat(link.getRect().getHeight()).isGreaterThanOrEqualTo(28);
            assertThat(link.getRect().getY()).isLessThan(500);
        });
    }

    @Test
    void asksNobodyElseAndComplainsOfNothing() {
        page.driver().navigate().refresh();
        page.eventually(() -> assertThat(page.text("#state")).isEqualTo("live"));

        assertThat(page.browser().requests())
                .anyMatch(url -> url.contains("/sandbox/series"))
                .allMatch(url -> url.startsWith("http://127.0.0.1:" + sandbox.port() + "/") || url.equals("data:,"));
        assertThat(page.browser().complaints()).isEmpty();
    }
}
