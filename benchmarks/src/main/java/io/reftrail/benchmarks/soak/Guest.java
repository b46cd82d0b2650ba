package io.reftrail.benchmarks.soak;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One visitor with a browser: keeps cookies, fills forms, and holds the shop to the statuses that it should answer with. */
final class Guest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final HttpClient client;
    private final URI shop;
    private final Answers answers;
    private final String userAgent;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    Guest(HttpClient client, URI shop, Answers answers, String userAgent) {
        this.client = client;
        this.shop = shop;
        this.answers = answers;
        this.userAgent = userAgent;
    }

    /** Puts a whole {@code Cookie} header's worth of anything into the browser. */
    void plant(String name, String value) {
        cookies.put(name, value);
    }

    boolean hasCookies() {
        return !cookies.isEmpty();
    }

    /** Opens a page, which has to be there, or to be somewhere else. */
    HttpResponse<String> open(String target) throws IOException, InterruptedException {
        return send(request(target), 200, 302);
    }

    /** Opens a page that has to be answered with one status. */
    HttpResponse<String> open(String target, int status) throws IOException, InterruptedException {
        return open(target, status, status);
    }

    /** Opens a page that has to be answered with one of two statuses. */
    HttpResponse<String> open(String target, int status, int orStatus) throws IOException, InterruptedException {
        return send(request(target), status, orStatus);
    }

    /** Opens the page of a form, fills it, and sends it to the same address; it has to lead elsewhere. */
    void submit(String target, Map<String, String> fields) throws IOException, InterruptedException {
        Matcher csrf = CSRF.matcher(open(target).body());
        String token = csrf.find() ? "_csrf=" + encode(csrf.group(1)) + "&" : "";
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&", token, ""));
        send(
                request(target)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body)),
                302,
                302);
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String target) {
        HttpRequest.Builder request = HttpRequest.newBuilder(shop.resolve(target))
                .timeout(PATIENCE)
                .header("Accept", "text/html,application/xhtml+xml")
                .header("Sec-Fetch-Mode", "navigate")
                .header("User-Agent", userAgent);
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request, int status, int orStatus)
            throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        response.headers().allValues("Set-Cookie").forEach(this::keep);
        answers.count(response, response.statusCode() == status || response.statusCode() == orStatus);
        return response;
    }

    private void keep(String line) {
        String pair = line.split(";", 2)[0];
        String name = pair.substring(0, pair.indexOf('='));
        if (line.contains("Max-Age=0;") || line.endsWith("Max-Age=0")) {
            cookies.remove(name);
        } else {
            cookies.put(name, pair.substring(name.length() + 1));
        }
    }
}
