package io.reftrail.samples.sandbox;

import static io.reftrail.samples.sandbox.RunningSandbox.CONVERSIONS;
import static io.reftrail.samples.sandbox.RunningSandbox.INTROW_KEY;
import static io.reftrail.samples.sandbox.RunningSandbox.LEAD;
import static io.reftrail.samples.sandbox.RunningSandbox.REFPORT_KEY;
import static io.reftrail.samples.sandbox.RunningSandbox.SALE;
import static io.reftrail.samples.sandbox.RunningSandbox.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What a person sees on the page, in a real page.browser(). Skipped where the machine has no Chromium. */
class DashboardTests {

    @RegisterExtension
    static final RunningSandbox sandbox = new RunningSandbox();

    @RegisterExtension
    static final DashboardPage page = new DashboardPage();

    /** Introw: nora 2 clicks, 1 lead; leo 1 click. Refport: leo 2 clicks, 1 lead, 1 sale. */
    @BeforeEach
    void openThePage() throws Exception {
        sandbox.get("/r/nora");
        sandbox.get("/r/leo");
        introwLead(sandbox.click("/r/nora"));
        sandbox.get("/go/leo");
        String click = sandbox.click("/go/leo");
        refport(LEAD, click, "a1", "\"eventName\":\"Sign Up\"");
        refport(SALE, click, "a1", "\"amount\":12900");
        page.open(sandbox.port());
    }

    @Test
    void showsTotalsAndRates() {
        assertThat(page.tiles())
                .isEqualTo("Clicks 5 |Leads 2 |Sales 1 |Click to lead 40 % 2 of 5|Lead to sale 50 % 1 of 2"
                        + "|Click to sale 20 % 1 of 5");
        assertThat(page.texts("#funnel tbody tr"))
                .containsExactly(
                        "introw 3 1 0 33 % 0 % 0 %",
                        "nora 2 1 0 50 % 0 % 0 %",
                        "leo 1 0 0 0 % – 0 %",
                        "mia 0 0 0 – – –",
                        "refport 2 1 1 50 % 100 % 50 %",
                        "nora 0 0 0 – – –",
                        "leo 2 1 1 50 % 100 % 50 %",
                        "mia 0 0 0 – – –",
                        "unlinked 0 0 0 – – –");
    }

    @Test
    void leavesAVendorWithoutLeadsOutOfTheRatesOfLeads() throws Exception {
        sandbox.post("/sandbox/reset", "");
        introwLead(sandbox.click("/r/nora"));
        refport(SALE, sandbox.click("/go/leo"), "a1", "\"amount\":100");

        page.eventually(() -> assertThat(page.tiles())
                .endsWith("|Click to lead 100 % 1 of 1, without refport|Lead to sale 0 % 0 of 1, without refport"
                        + "|Click to sale 50 % 1 of 2"));
    }

    @Test
    void drawsTheChartAndReadsItToTheKeyboard() {
        assertThat(page.bars("clicks")).isEqualTo(30);
        WebElement chart = page.find("#chart");
        chart.sendKeys(Keys.HOME);
        page.eventually(
                () -> assertThat(chart.getAttribute("aria-valuetext")).endsWith(": 0 clicks, 0 leads, 0 sales"));
        assertThat(chart.getAttribute("aria-valuenow")).isEqualTo("1");

        page.choose("#filter [name=span]", "24 hours");
        page.eventually(() -> assertThat(page.bars("clicks")).isEqualTo(48));
        chart.sendKeys(Keys.END);
        page.eventually(() -> assertThat(page.text("#readout")).endsWith(": 5 clicks, 2 leads, 1 sale"));
        assertThat(chart.getAttribute("aria-valuetext")).isEqualTo(page.text("#readout"));
        assertThat(page.height("clicks")).isEqualTo("100%");
        assertThat(page.height("sales")).isEqualTo("50%");
        page.find("summary").click();
        assertThat(page.texts("#values tbody tr").get(0)).endsWith(" 5 2 1");
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
        WebElement link = page.find("#funnel a[href='/go/mia']");
        page.run("arguments[0].focus(); window.scrollTo(0, 200)", link);

        sandbox.get("/go/mia");

        page.eventually(() -> assertThat(page.texts("#funnel tbody tr")).contains("mia 1 0 0 0 % – 0 %"));
        assertThat(page.driver().switchTo().activeElement()).isEqualTo(link);
        assertThat(page.run("return window.scrollY")).isEqualTo(200L);
    }

    @Test
    void filtersEverythingByVendorAndPartner() {
        page.choose("#filter [name=partner]", "leo");
        page.eventually(() -> assertThat(page.tiles()).startsWith("Clicks 3 |Leads 1 |Sales 1 |"));
        assertThat(page.texts("#feed tbody tr")).hasSize(5).allSatisfy(row -> assertThat(row)
                .contains("leo"));

        page.choose("#filter [name=vendor]", "introw");

        page.eventually(() -> assertThat(page.tiles()).startsWith("Clicks 1 |Leads 0 |Sales 0 |"));
        assertThat(page.texts("#funnel tbody tr")).containsExactly("introw 1 0 0 0 % – 0 %", "leo 1 0 0 0 % – 0 %");
        assertThat(page.texts("#feed tbody tr")).hasSize(1);
        assertThat(page.text("#readout")).endsWith(": 1 click, 0 leads, 0 sales");
        page.driver().navigate().refresh();
        page.eventually(() -> assertThat(page.tiles()).startsWith("Clicks 1 |Leads 0 |Sales 0 |"));
    }

    @Test
    void showsNoAddressAndNoAttackButItsText() throws Exception {
        String attack = "<img src=x onerror=\\\"document.title='owned'\\\"><script>document.title='owned'</script>";
        refport(LEAD, sandbox.click("/go/mia"), attack, "\"eventName\":\"Sign Up\"");

        page.eventually(() ->
                assertThat(page.text("#feed")).contains("<img src=x onerror=\"document.title='owned'\"><script>"));
        assertThat(page.driver().findElements(By.cssSelector("main img, main script")))
                .isEmpty();
        assertThat(page.driver().getTitle()).isEqualTo("Reftrail sandbox");
        assertThat(page.text("#feed")).contains("m***@example.org");
        assertThat(page.driver().getPageSource()).doesNotContain("mia@example.org");
    }

    @Test
    void ordersAFaultAtTheClickOfAButton() throws Exception {
        page.choose("#faults select", "refport");
        page.find("#faults button[data-status='503']").click();

        page.eventually(() -> assertThat(page.texts("#pending li")).containsExactly("refport: 503 × 1"));
        assertThat(json(sandbox.get("/sandbox/faults")).at("/0/retryAfter").asString())
                .isEqualTo("2");
        assertThat(refport(LEAD, "x", "a1", "\"eventName\":\"x\"")).isEqualTo(503);
        page.eventually(() -> assertThat(page.text("#unbroken")).isEqualTo("No fault is pending."));
    }

    @ParameterizedTest
    @ValueSource(ints = {390, 900, 1400})
    void needsNoSidewaysScrolling(int width) {
        page.driver()
                .executeCdpCommand(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        try {
            assertThat(page.run("return document.documentElement.scrollWidth")).isEqualTo((long) width);
        } finally {
            page.driver().executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        }
    }

    @Test
    void saysSoWhenTheSandboxIsAway() throws Exception {
        try (RunningSandbox other = new RunningSandbox()) {
            page.open(other.port());
        }
        page.eventually(() -> assertThat(page.text("#state")).startsWith("The sandbox is away. What you see is from "));
        page.browser().complaints();
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

    private static void introwLead(String token) throws Exception {
        String body = "{\"clickId\":\"" + token + "\",\"email\":\"mia@example.org\"}";
        sandbox.post(CONVERSIONS, body, INTROW_KEY);
    }

    private static int refport(String path, String click, String customer, String more) throws Exception {
        String body = "{\"clickId\":\"%s\",\"customerExternalId\":\"%s\",%s}".formatted(click, customer, more);
        return sandbox.post(path, body, REFPORT_KEY).statusCode();
    }
}
