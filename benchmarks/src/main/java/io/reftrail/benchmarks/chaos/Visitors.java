package io.reftrail.benchmarks.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** People who follow a partner's link and sign up, and who try again at another node when theirs has gone away. */
final class Visitors {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Backend backend;
    private final Nodes nodes;

    Visitors(Backend backend, Nodes nodes) {
        this.backend = backend;
        this.nodes = nodes;
    }

    /**
     * Goes the whole way, until a node has said whether the customer is there.
     *
     * @param rollback whether the application shall change its mind in the transaction
     * @throws IOException if no node says anything for a long time
     */
    void signUp(String customer, boolean rollback) throws IOException, InterruptedException {
        String cookies = land(backend.click());
        int status = insist(
                        "/sign-up?customer=" + customer + "&rollback=" + rollback,
                        request -> request.header("Cookie", cookies).POST(BodyPublishers.noBody()))
                .statusCode();
        boolean expected = rollback ? status == 422 : status == 201 || status == 409;
        if (!expected) {
            throw new IOException("a sign-up is answered " + status);
        }
    }

    /** Opens the landing page as a browser does and returns the cookies that it would send from then on. */
    private String land(String query) throws IOException, InterruptedException {
        HttpResponse<Void> landing = insist("/?" + query, request -> request.header("Accept", "text/html")
                .header("Sec-Fetch-Mode", "navigate")
                .header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"));
        return landing.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .collect(Collectors.joining("; "));
    }

    /** What is asked, apart from where. */
    private interface Question {
        HttpRequest.Builder of(HttpRequest.Builder request);
    }

    private HttpResponse<Void> insist(String path, Question question) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String trouble = "";
        while (System.nanoTime() < deadline) {
            URI uri = nodes.any().resolve(path);
            HttpRequest request = question.of(HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(15)))
                    .build();
            try {
                HttpResponse<Void> response = client.send(request, BodyHandlers.discarding());
                if (response.statusCode() < 500) {
                    return response;
                }
                trouble = "HTTP " + response.statusCode();
            } catch (IOException gone) {
                trouble = gone.toString();
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new IOException("no node answers: " + trouble);
    }
}
