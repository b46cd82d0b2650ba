package io.reftrail.samples.sandbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * The page in one browser for a test class, in the words of somebody who looks at it. The browser starts with the first
 * test, so that without one each test is counted as skipped.
 */
final class DashboardPage implements BeforeEachCallback, AfterAllCallback {

    private @Nullable Browser browser;

    @Override
    public void beforeEach(ExtensionContext test) {
        if (browser == null) {
            browser = Browser.start("--window-size=1400,1200");
        }
    }

    @Override
    public void afterAll(ExtensionContext test) {
        if (browser != null) {
            browser.close();
        }
    }

    Browser browser() {
        return requireNonNull(browser);
    }

    ChromeDriver driver() {
        return browser().driver();
    }

    /** Opens the page of the sandbox at a port and waits until it shows what is there. */
    void open(int port) {
        driver().get("http://127.0.0.1:" + port + "/");
        eventually(() -> assertThat(text("#state")).isEqualTo("live"));
    }

    void eventually(ThrowingRunnable seen) {
        await().atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(seen);
    }

    @Nullable
    Object run(String script, Object... arguments) {
        return driver().executeScript(script, arguments);
    }

    WebElement find(String css) {
        return driver().findElement(By.cssSelector(css));
    }

    String text(String css) {
        return find(css).getText();
    }

    String tiles() {
        return String.join("|", texts("#tiles .tile"));
    }

    /** The texts of all that fit a selector, each cell by cell. */
    List<String> texts(String css) {
        List<?> found = (List<?>) requireNonNull(run(
                "return [...document.querySelectorAll(arguments[0])].map(row =>"
                        + " (row.children.length ? [...row.children] : [row]).map(cell => cell.textContent).join(' '))",
                css));
        return found.stream().map(String::valueOf).toList();
    }

    void choose(String select, String label) {
        find(select).findElements(By.tagName("option")).stream()
                .filter(option -> option.getText().equals(label))
                .findFirst()
                .orElseThrow()
                .click();
    }

    int bars(String stage) {
        return driver().findElements(By.cssSelector("#chart ." + stage + " .value"))
                .size();
    }

    /** How high the highest bar of a stage is drawn. */
    String highest(String stage) {
        double highest = driver().findElements(By.cssSelector("#chart ." + stage + " .value")).stream()
                .map(bar -> requireNonNull(bar.getDomAttribute("height")))
                .mapToDouble(height -> Double.parseDouble(height.substring(0, height.length() - 1)))
                .max()
                .orElseThrow();
        return Math.round(highest) + "%";
    }
}
