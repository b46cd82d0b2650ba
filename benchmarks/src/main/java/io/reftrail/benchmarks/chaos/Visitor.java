package io.reftrail.benchmarks.chaos;

import io.reftrail.samples.demo.Browser;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A visitor who tries another node where one does not answer. */
public final class Visitor {

    private static final int MOST_PAGES = 12;

    /** What a few open, so that some click ids come home however slow the machine is. */
    private static final int PATIENT_PAGES = 100;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Browser browser = new Browser();
    private final Nodes nodes;
    private @Nullable URI landed;
    private int attempts;

    /** Creates a visitor of the nodes' application. */
    public Visitor(Nodes nodes) {
        this.nodes = nodes;
    }

    /** Returns whether the browser holds a cookie of this name. */
    boolean has(String cookie) {
        return browser.has(cookie);
    }

    /**
     * Lands by a partner's link.
     *
     * @param query of the landing page's address
     * @return how many nodes have received the landing; one that did not answer may have stored the click
     */
    public int land(String query) throws IOException, InterruptedException {
        request("/?" + query, false);
        return attempts;
    }

    /** Opens no page, one after a moment, or several until there is a cookie. */
    void browse(int manner, String cookie) throws IOException, InterruptedException {
        Random random = ThreadLocalRandom.current();
        if (manner == 1) {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(100, 700));
        }
        int usual = random.nextInt(10) == 0 ? PATIENT_PAGES : random.nextInt(1, MOST_PAGES);
        int pages = manner == 2 ? usual : 0;
        for (int page = 0; page < pages && !browser.has(cookie); page++) {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(50, 400));
            request("/", false);
        }
    }

    /** Signs up at another node than that of the landing, if it is up, and returns the status. */
    public int signUp(String customer, boolean rollback) throws IOException, InterruptedException {
        return request("/sign-up?customer=" + customer + "&rollback=" + rollback, true);
    }

    private int request(String path, boolean post) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String trouble = "";
        attempts = 0;
        for (boolean first = true; System.nanoTime() < deadline; first = false) {
            URI node = landed == null || !first ? nodes.any() : nodes.anyBut(landed);
            try {
                attempts++;
                URI target = node.resolve(path);
                HttpResponse<String> response = post ? browser.post(target, "") : browser.open(target);
                if (response.statusCode() < 500) {
                    landed = landed == null ? node : landed;
                    return response.statusCode();
                }
                trouble = "HTTP " + response.statusCode();
            } catch (ConnectException | HttpConnectTimeoutException down) {
                attempts--;
                trouble = down.toString();
            } catch (IOException gone) {
                trouble = gone.toString();
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new IOException("no node answers: " + trouble);
    }
}
