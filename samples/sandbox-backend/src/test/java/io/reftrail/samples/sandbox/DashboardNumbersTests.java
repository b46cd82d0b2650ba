package io.reftrail.samples.sandbox;

import static io.reftrail.samples.sandbox.RunningSandbox.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import tools.jackson.databind.JsonNode;

/** What a person sees on the page, in a real browser. Skipped where the machine has no Chromium. */
@Tag("browser")
class DashboardNumbersTests {

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
    void showsTotalsAndRates() {
        assertThat(page.tiles())
                .isEqualTo(
                        "Clicks 5 |Leads 2 |Sales 1 |Click to lead 40 % 2 of 5|Lead to sale 100 % 1 of 1, without introw"
                                + "|Click to sale 50 % 1 of 2, without introw");
        assertThat(page.texts("#funnel tbody tr"))
                .containsExactly(
                        "affihub 0 – 0 – – –",
                        "nora 0 – 0 – – –",
                        "leo 0 – 0 – – –",
                        "mia 0 – 0 – – –",
                        "affitor 0 0 0 – – –",
                        "nora 0 0 0 – – –",
                        "leo 0 0 0 – – –",
                        "mia 0 0 0 – – –",
                        "inactive 0 0 0 – – –",
                        "affonso 0 0 0 – – –",
                        "nora 0 0 0 – – –",
                        "leo 0 0 0 – – –",
                        "mia 0 0 0 – – –",
                        "inactive 0 0 0 – – –",
                        "dub 0 0 0 – – –",
                        "nora 0 0 0 – – –",
                        "leo 0 0 0 – – –",
                        "mia 0 0 0 – – –",
                        "unknown 0 0 0 – – –",
                        "everflow 0 0 0 – – –",
                        "nora 0 0 0 – – –",
                        "leo 0 0 0 – – –",
                        "mia 0 0 0 – – –",
                        "firstpromoter 0 0 0 – – –",
                        "nora 0 0 0 – – –",
                        "leo 0 0 0 – – –",
                        "mia 0 0 0 – – –",
                        "introw 3 1 – 33 % – –",
                        "nora 2 1 – 50 % – –",
                        "leo 1 0 – 0 % – –",
                        "mia 0 0 – – – –",
                        "refport 2 1 1 50 % 100 % 50 %",
                        "nora 0 0 0 – – –",
                        "leo 2 1 1 50 % 100 % 50 %",
                        "mia 0 0 0 – – –",
                        "unlinked 0 0 0 – – –",
                        "rewardful 0 0 0 – – –",
                        "nora 0 0 0 – – –",
                        "leo 0 0 0 – – –",
                        "mia 0 0 0 – – –",
                        "tapfiliate 0 0 0 – – –",
                        "nora 0 0 0 – – –",
                        "leo 0 0 0 – – –",
                        "mia 0 0 0 – – –",
                        "tolt 0 0 0 – – –",
                        "nora 0 0 0 – – –",
                        "leo 0 0 0 – – –",
                        "mia 0 0 0 – – –");
    }

    @Test
    void leavesAVendorWithoutLeadsOutOfTheRatesOfLeads() throws Exception {
        sandbox.post("/sandbox/reset", "");
        sandbox.click("/go/leo");
        visitors.refportLead(sandbox.click("/go/leo"), "a1");
        visitors.affihubSale("mia");

        page.eventually(() -> assertThat(page.tiles())
                .isEqualTo("Clicks 3 |Leads 1 |Sales 1 |Click to lead 50 % 1 of 2, without affihub"
                        + "|Lead to sale 0 % 0 of 1, without affihub|Click to sale 33 % 1 of 3"));
        page.choose("#filter [name=vendor]", "affihub");
        page.eventually(() -> assertThat(page.tiles())
                .isEqualTo("Clicks 1 |Leads – affihub takes none|Sales 1 |Click to lead – no leads here"
                        + "|Lead to sale – no leads here|Click to sale 100 % 1 of 1"));
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
        assertThat(chart.getAttribute("aria-valuenow")).isEqualTo("48");
        assertThat(page.text("#readout")).startsWith("From ").isEqualTo(chart.getAttribute("aria-valuetext"));
        chart.sendKeys(Keys.ESCAPE);
        assertThat(page.text("#readout")).startsWith("Since ").endsWith(": 5 clicks, 2 leads, 1 sale");
    }

    @Test
    void drawsWhatTheSandboxHasCounted() {
        page.find("summary").click();

        page.eventually(() -> assertThat(page.texts("#values tbody tr"))
                .map(row -> row.substring(row.indexOf(' ') + 1))
                .containsExactlyElementsOf(counted()));
        assertThat(page.highest("clicks")).isEqualTo("100%");
        assertThat(page.highest("sales")).isEqualTo("50%");
    }

    @Test
    void filtersEverythingByVendorAndPartner() {
        page.choose("#filter [name=partner]", "leo");
        page.eventually(() -> assertThat(page.tiles()).startsWith("Clicks 3 |Leads 1 |Sales 1 |"));
        assertThat(page.texts("#feed tbody tr")).hasSize(5).allSatisfy(row -> assertThat(row)
                .contains("leo"));

        page.choose("#filter [name=vendor]", "introw");

        page.eventually(() -> assertThat(page.tiles()).startsWith("Clicks 1 |Leads 0 |Sales – introw takes none|"));
        assertThat(page.texts("#funnel tbody tr")).containsExactly("introw 1 0 – 0 % – –", "leo 1 0 – 0 % – –");
        assertThat(page.texts("#links a")).containsExactly("leo");
        assertThat(page.texts("#feed tbody tr")).hasSize(1);
        assertThat(page.text("#readout")).endsWith(": 1 click, 0 leads, 0 sales");
        page.driver().navigate().refresh();
        page.eventually(() -> assertThat(page.tiles()).startsWith("Clicks 1 |Leads 0 |Sales – introw takes none|"));
    }

    private static List<String> counted() throws Exception {
        List<String> newestFirst = new ArrayList<>();
        for (JsonNode bucket : json(sandbox.get("/sandbox/series")).path("buckets")) {
            newestFirst.add(0, bucket.path("clicks") + " " + bucket.path("leads") + " " + bucket.path("sales"));
        }
        return newestFirst;
    }
}
