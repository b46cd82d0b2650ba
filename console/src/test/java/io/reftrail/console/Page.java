package io.reftrail.console;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.opentest4j.TestAbortedException;

/** The console's page in the machine's own Chromium, in the words of somebody who looks at it. */
final class Page implements AutoCloseable {

    private static final String ABSENT = "no Chromium on this machine: apt-get install chromium chromium-driver";

    private final ChromeDriver driver;

    private Page(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Starts the browser, or skips the calling test where the machine has none. Selenium looks for none and downloads none. */
    static Page start() {
        Optional<Path> chromium = installed("chromium", "chromium-browser", "google-chrome");
        Optional<Path> chromedriver = installed("chromedriver");
        if (chromium.isEmpty() || chromedriver.isEmpty()) {
            System.getLogger(Page.class.getName()).log(System.Logger.Level.WARNING, ABSENT);
            throw new TestAbortedException(ABSENT);
        }
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.orElseThrow().toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--window-size=1240,1000");
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.orElseThrow().toFile())
                .usingAnyFreePort()
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().timeouts().pageLoadTimeout(Duration.ofSeconds(20));
        return new Page(driver);
    }

    private static Optional<Path> installed(String... names) {
        List<Path> folders = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        return Arrays.stream(names)
                .flatMap(name -> folders.stream().map(folder -> folder.resolve(name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Opens a tab as an operator who has signed in by HTTP Basic, and waits until it is live. */
    void open(Shop shop, String tab) {
        String credentials = Base64.getEncoder().encodeToString("olga:secret".getBytes(StandardCharsets.UTF_8));
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand(
                "Network.setExtraHTTPHeaders", Map.of("headers", Map.of("Authorization", "Basic " + credentials)));
        driver.get("about:blank");
        driver.get("http://127.0.0.1:" + shop.port() + Shop.CONSOLE + "#" + tab);
        eventually(() -> {
            if (!text("#state").equals("live")) {
                throw new AssertionError("it says: " + text("#state") + " " + complaints());
            }
        });
    }

    /** Looks through a window of a size, in light or dark colours, without movement. */
    void look(int width, int height, String scheme) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", new Object[] {
            Map.of("name", "prefers-color-scheme", "value", scheme),
            Map.of("name", "prefers-reduced-motion", "value", "reduce")
        }));
    }

    /** Takes a picture of the whole page as it is. */
    byte[] picture() {
        return Base64.getDecoder().decode((String) driver.executeCdpCommand(
                        "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true))
                .get("data"));
    }

    void eventually(ThrowingRunnable seen) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(seen);
    }

    @Nullable
    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    String text(String css) {
        return find(css).getText();
    }

    void press(Keys key) {
        driver.switchTo().activeElement().sendKeys(key);
    }

    /** Returns what has the focus, by its id or its text. */
    String focus() {
        WebElement focused = driver.switchTo().activeElement();
        String id = focused.getDomProperty("id");
        return id == null || id.isEmpty() ? focused.getText() : "#" + id;
    }

    /** Returns what the page has complained about since this was asked last. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .toList();
    }

    /** Returns what axe-core finds against WCAG and its best practices, with the elements. The policy keeps no test out. */
    List<String> violations() throws IOException {
        try (InputStream rules = Page.class.getResourceAsStream("/axe.min.js")) {
            driver.executeScript(new String(requireNonNull(rules).readAllBytes(), StandardCharsets.UTF_8));
        }
        List<?> found = (List<?>) requireNonNull(driver.executeAsyncScript("const done = arguments[0];"
                + " axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations.map(v => v.id + ': ' + v.help + ' '"
                + " + v.nodes.map(n => n.html).join(' | '))))"));
        return found.stream().map(String::valueOf).toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
