package io.reftrail.servlet;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.opentest4j.TestAbortedException;

/**
 * The machine's own Chromium without a window, one for a test class; each test has its own cookies. Both programs are named, so
 * Selenium looks for none and downloads none. Chromium's sandbox needs rights that a container rarely has; the pages are our
 * own. Without Chromium each test is counted as skipped.
 */
final class Chromium implements AfterEachCallback, AfterAllCallback {

    private static final System.Logger LOG = System.getLogger(Chromium.class.getName());
    private static final String ABSENT = "no Chromium on this machine: apt-get install chromium chromium-driver";

    /** Over plain HTTP to another host, nothing but the user agent tells that it is no robot. */
    private static final String PERSON =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

    private final int thirdPartyCookies;
    private final List<String> hosts;
    private @Nullable ChromeDriver driver;

    private Chromium(int thirdPartyCookies, String... hosts) {
        this.thirdPartyCookies = thirdPartyCookies;
        this.hosts = List.of(hosts);
    }

    /** A browser that takes these hosts for this machine. */
    static Chromium resolving(String... hosts) {
        return new Chromium(0, hosts);
    }

    /** A browser that sends cookies to the frames of other sites, if the cookies themselves allow it. */
    static Chromium withThirdPartyCookies() {
        return new Chromium(0);
    }

    /** A browser that sends none to the frames of other sites. */
    static Chromium withoutThirdPartyCookies() {
        return new Chromium(1);
    }

    /** Returns the browser; started when it is asked for first. */
    ChromeDriver driver() {
        ChromeDriver started = driver;
        if (started == null) {
            started = start();
            driver = started;
        }
        return started;
    }

    private ChromeDriver start() {
        Optional<Path> chromium = installed("chromium", "chromium-browser", "google-chrome");
        Optional<Path> chromedriver = installed("chromedriver");
        if (chromium.isEmpty() || chromedriver.isEmpty()) {
            LOG.log(System.Logger.Level.WARNING, ABSENT);
            throw new TestAbortedException(ABSENT);
        }
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.orElseThrow().toFile());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage");
        if (!hosts.isEmpty()) {
            String rules =
                    hosts.stream().map(host -> "MAP " + host + " 127.0.0.1").collect(Collectors.joining(","));
            options.addArguments("--host-resolver-rules=" + rules, "--user-agent=" + PERSON);
        }
        options.setExperimentalOption("prefs", Map.of("profile.cookie_controls_mode", thirdPartyCookies));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.orElseThrow().toFile())
                .usingAnyFreePort()
                .build();
        ChromeDriver started = new ChromeDriver(service, options);
        started.manage().timeouts().pageLoadTimeout(Duration.ofSeconds(20));
        return started;
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

    /** All cookies of all sites, as {@code name@domain}, sorted. */
    List<String> cookies() {
        Object cookies =
                driver().executeCdpCommand("Storage.getCookies", Map.of()).get("cookies");
        return ((List<?>) Objects.requireNonNull(cookies))
                .stream()
                        .map(cookie -> (Map<?, ?>) cookie)
                        .map(cookie -> cookie.get("name") + "@" + cookie.get("domain"))
                        .sorted()
                        .toList();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        if (driver == null) {
            return;
        }
        List<String> windows = List.copyOf(driver.getWindowHandles());
        windows.stream()
                .skip(1)
                .forEach(window -> driver().switchTo().window(window).close());
        driver.switchTo().window(windows.get(0));
        driver.executeCdpCommand("Storage.clearCookies", Map.of());
    }

    @Override
    public void afterAll(ExtensionContext test) {
        if (driver != null) {
            driver.quit();
            driver = null;
        }
    }
}
