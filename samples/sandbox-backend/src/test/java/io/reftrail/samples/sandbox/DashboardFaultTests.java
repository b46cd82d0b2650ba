package io.reftrail.samples.sandbox;

import static io.reftrail.samples.sandbox.RunningSandbox.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** What the buttons for trouble do. Skipped where the machine has no Chromium. */
@Tag("browser")
class DashboardFaultTests {

    @RegisterExtension
    static final RunningSandbox sandbox = RunningSandbox.usual();

    @RegisterExtension
    static final DashboardPage page = new DashboardPage();

    private final SomeVisitors visitors = new SomeVisitors(sandbox);

    @BeforeEach
    void openThePage() {
        page.open(sandbox.port());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            500                   | status | 500 | none | 500
            503, retry after 2 s  | status | 503 | 2    | 503
            429, retry after 2 s  | status | 429 | 2    | 429
            402                   | status | 402 | none | 402
            no answer for 30 s    | hang   | 500 | none | no answer for 30 s
            a dropped connection  | reset  | 500 | none | a dropped connection
            an HTML page          | html   | 500 | none | an HTML page
            """)
    void ordersWhatTheButtonSays(String button, String kind, int status, String retryAfter, String shown)
            throws Exception {
        page.find("#faults [name=count]").sendKeys(Keys.ARROW_UP);

        press(button);

        page.eventually(() -> assertThat(page.texts("#pending li")).containsExactly("any vendor: " + shown + " × 2"));
        assertThat(json(sandbox.get("/sandbox/faults")).toString())
                .isEqualTo("[{\"vendor\":null,\"endpoint\":null,\"kind\":\"" + kind + "\",\"status\":" + status
                        + ",\"retryAfter\":" + (retryAfter == null ? "null" : '"' + retryAfter + '"')
                        + ",\"count\":2,\"seconds\":30}]");
    }

    @Test
    void hasNoButtonThatTheTableAboveLeavesOut() {
        assertThat(page.driver().findElements(By.cssSelector("#faults button"))).hasSize(7);
    }

    @Test
    void ordersForOneVendorAndOneKindOfCall() throws Exception {
        page.choose("#faults [name=vendor]", "refport");
        page.choose("#faults [name=endpoint]", "sale");
        press("402");

        page.eventually(() -> assertThat(page.texts("#pending li")).containsExactly("refport, sale: 402 × 1"));
        String click = sandbox.click("/go/leo");
        assertThat(visitors.refportLead(click, "a1")).isEqualTo(200);
        assertThat(visitors.refportSale(click, "a1")).isEqualTo(402);
        page.eventually(() -> assertThat(page.text("#unbroken")).isEqualTo("No fault is pending."));
    }

    @ParameterizedTest
    @CsvSource({
        "any vendor, any click lead sale refund trial cancellation read",
        "affihub, any click read",
        "affitor, any click lead sale refund",
        "introw, any lead",
        "refport, any lead sale"
    })
    void offersTheKindsOfCallsThatTheVendorHas(String vendor, String kinds) {
        page.choose("#faults [name=vendor]", vendor);

        assertThat(String.join(" ", page.texts("#faults [name=endpoint] option")))
                .isEqualTo(kinds);
    }

    @Test
    void clearsFaultsAndEmptiesEverything() throws Exception {
        visitors.come();
        press("500");
        page.eventually(() -> assertThat(page.texts("#pending li")).hasSize(1));

        page.find("#clear").click();
        page.eventually(() -> assertThat(page.texts("#pending li")).isEmpty());
        assertThat(json(sandbox.get("/sandbox/faults"))).isEmpty();
        page.find("#reset").click();
        page.eventually(() -> assertThat(page.tiles()).startsWith("Clicks 0 |Leads 0 |Sales 0 |"));
        assertThat(sandbox.calls("")).isEmpty();
    }

    private static void press(String button) {
        page.driver()
                .findElement(By.xpath("//form[@id='faults']//button[normalize-space()='" + button + "']"))
                .click();
    }
}
