package io.reftrail.samples.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.samples.sandbox.SandboxBackend.SandboxSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * Takes the picture of the page that the documentation shows. No part of the build, because its name ends in none of the
 * ways that a test's does; the README says how to run it.
 */
class DashboardPicture {

    @RegisterExtension
    static final RunningSandbox sandbox = RunningSandbox.usual();

    @RegisterExtension
    static final DashboardPage page = new DashboardPage();

    private static final int WIDTH = 1200;
    private static final int HEIGHT = 1772;
    private static final Path PICTURE = Path.of("..", "..", "docs", "images", "dashboard.png");

    @Test
    void take() throws Exception {
        new MadeUpPast(sandbox.bean(Ledger.class), sandbox.bean(CallFeed.class), Instant.now())
                .happenAt(
                        sandbox.beans(Dialect.class),
                        sandbox.bean(SandboxSettings.class).partners());
        new SomeVisitors(sandbox).affihubSale("mia");
        sandbox.post("/sandbox/faults", "{\"kind\":\"status\",\"status\":503,\"retryAfter\":\"2\",\"count\":3}");
        ChromeDriver driver = page.driver();
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", WIDTH, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", new Object[] {
            Map.of("name", "prefers-color-scheme", "value", "light"),
            Map.of("name", "prefers-reduced-motion", "value", "reduce")
        }));
        page.open(sandbox.port());

        byte[] shot = Base64.getDecoder()
                .decode((String) driver.executeCdpCommand("Page.captureScreenshot", Map.of("format", "png"))
                        .get("data"));
        byte[] picture = SmallPng.of(shot);

        assertThat(picture).hasSizeLessThan(150_000);
        Files.createDirectories(PICTURE.getParent());
        Files.write(PICTURE, picture);
    }
}
