package io.reftrail.benchmarks.chaos;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One visitor's browser: keeps the cookies that it is given, and asks another node when one has gone away. */
final class Browser {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient client;
    private final Nodes nodes;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private @Nullable URI landed;

    Browser(HttpClient client, Nodes nodes) {
        this.client = client;
        this.nodes = nodes;
    }

    /**
     * Opens the page that a partner's link leads to.
     *
     * @return how many nodes have seen the request: one that has not answered may have taken the click all the same
     */
    int land(String query) throws IOException, InterruptedException {
        return insist("/?" + query, false).seen();
    }

    /** Opens a further page. */
    void view() throws IOException, InterruptedException {
        insist("/", false);
    }

    /** Posts an empty form, at another node than the landing if that is up, and returns the status of the answer. */
    int post(String path) throws IOException, InterruptedException {
        return insist(path, true).status();
    }

    boolean has(String cookie) {
        return cookies.containsKey(cookie);
    }

    private record Answer(int status, int seen) {}

    private Answer insist(String path, boolean form) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String trouble = "";
        int seen = 0;
        for (int attempt = 1; System.nanoTime() < deadline; attempt++) {
            URI node = landed == null || attempt > 1 ? nodes.any() : nodes.anyBut(landed);
            try {
                seen++;
                HttpResponse<Void> response = client.send(request(node.resolve(path), form), BodyHandlers.discarding());
                response.headers().allValues("Set-Cookie").forEach(this::keep);
                if (response.statusCode() < 500) {
                    landed = landed == null ? node : landed;
                    return new Answer(response.statusCode(), seen);
                }
                trouble = "HTTP " + response.statusCode();
            } catch (ConnectException | HttpConnectTimeoutException down) {
                seen--;
                trouble = down.toString();
            } catch (IOException gone) {
                trouble = gone.toString();
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new IOException("no node answers: " + trouble);
    }

    private HttpRequest request(URI uri, boolean form) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(15))
                .header("Accept", "text/html")
                .header("Sec-Fetch-Mode", "navigate")
                .header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0");
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return form ? request.POST(BodyPublishers.noBody()).build() : request.build();
    }

    private void keep(String line) {
        String pair = line.split(";", 2)[0];
        String name = pair.substring(0, pair.indexOf('='));
        if (line.contains("; Max-Age=0;")) {
            cookies.remove(name);
        } else {
            cookies.put(name, pair.substring(name.length() + 1));
        }
    }
}
