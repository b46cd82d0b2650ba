package io.reftrail.samples.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.samples.sandbox.SandboxBackend.SandboxSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page with much to show, in little room, and without a sandbox. Skipped where the machine has no Chromium. */
@Tag("browser")
class DashboardStateTests {

    @RegisterExtension
    static final RunningSandbox sandbox = RunningSandbox.usual();

    @RegisterExtension
    static final DashboardPage page = new DashboardPage();

    @BeforeEach
    void openThePage() {
        new MadeUpPast(sandbox.bean(Ledger.class), sandbox.bean(CallFeed.class), Instant.now())
                .happenAt(
                        sandbox.beans(Dialect.class),
                        sandbox.bean(SandboxSettings.class).partners());
        page.open(sandbox.port());
    }

    @ParameterizedTest
    @ValueSource(ints = {390, 900, 1050, 1400})
    void needsNoSidewaysScrolling(int width) throws Exception {
        new SomeVisitors(sandbox).refportLead(sandbox.click("/go/mia"), "a_customer_id_without_a_gap_".repeat(6));
        page.eventually(() -> assertThat(page.text("#feed")).contains("a_customer_id_without_a_gap_"));
        page.driver()
                .executeCdpCommand(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        try {
            assertThat(page.run("return document.documentElement.clientWidth")).isEqualTo((long) width);
            assertThat(page.run("return document.documentElement.scrollWidth")).isEqualTo((long) width);
            assertThat(page.run("return [...document.querySelectorAll('main *:not(.unseen, .unseen *)')]"
                            + ".filter(node => node.getBoundingClientRect().right > innerWidth"
                            + " || (node.matches('.card, .tile, .scroll, form') && node.scrollWidth > node.clientWidth))"
                            + ".map(node => node.outerHTML.slice(0, 80))"))
                    .isEqualTo(List.of());
        } finally {
            page.driver().executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        }
    }

    @Test
    void saysThatTheSandboxIsAwayKeepsWhatWasSeenAndComesBack() throws Exception {
        String seen = page.tiles();
        offline(true);
        try {
            page.eventually(() ->
                    assertThat(page.text("#state")).startsWith("The sandbox does not answer. What you see is from "));
            assertThat(page.run("return document.body.className")).isEqualTo("away");
            assertThat(page.tiles()).isEqualTo(seen);
            sandbox.post("/sandbox/reset", "");
        } finally {
            offline(false);
        }

        page.eventually(() -> assertThat(page.text("#state")).isEqualTo("live"));
        assertThat(page.tiles()).startsWith("Clicks 0 |Leads 0 |Sales 0 |");
        assertThat(page.run("return document.body.className")).isEqualTo("");
    }

    @Test
    void saysThatTheSandboxIsAwayWhenItHasStopped() throws Exception {
        try (RunningSandbox other = new RunningSandbox()) {
            page.open(other.port());
        }
        page.eventually(
                () -> assertThat(page.text("#state")).startsWith("The sandbox does not answer. What you see is from "));
    }

    private static void offline(boolean offline) {
        page.driver()
                .executeCdpCommand(
                        "Network.emulateNetworkConditions",
                        Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }
}
