package io.reftrail.samples.sandbox;

import static io.reftrail.samples.sandbox.RunningSandbox.CONVERSIONS;
import static io.reftrail.samples.sandbox.RunningSandbox.INTROW_KEY;
import static io.reftrail.samples.sandbox.RunningSandbox.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** What a person sees on the page, in a real page.browser(). Skipped where the machine has no Chromium. */
class DashboardTests {

    @RegisterExtension
    static final RunningSandbox sandbox = new RunningSandbox();

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

    @Test
    void ordersAFaultAtTheClickOfAButton() throws Exception {
        page.choose("#faults select", "refport");
        page.find("#faults button[data-status='503']").click();

        page.eventually(() -> assertThat(page.texts("#pending li")).containsExactly("refport: 503 × 1"));
        assertThat(json(sandbox.get("/sandbox/faults")).at("/0/retryAfter").asString())
                .isEqualTo("2");
        assertThat(visitors.refportLead("x", "a1")).isEqualTo(503);
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
}
