package io.reftrail.samples.shop;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser with cookies of its own, at a running shop. */
final class Guest {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final CookieManager cookies = new CookieManager();
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private final URI shop;

    Guest(URI shop) {
        this.shop = shop;
    }

    HttpResponse<String> open(String page) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(shop.resolve(page)).build(), BodyHandlers.ofString());
    }

    /** Fills a form on a page, sends it, and returns where that leads to, or the page that answers. */
    String submit(String page, String action, Map<String, String> fields) throws IOException, InterruptedException {
        Matcher csrf = CSRF.matcher(open(page).body());
        String token = csrf.find() ? "_csrf=" + encode(csrf.group(1)) + "&" : "";
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&", token, ""));
        HttpRequest request = HttpRequest.newBuilder(shop.resolve(action))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        return response.headers()
                .firstValue("Location")
                .map(location -> location.replace(shop.toString(), ""))
                .orElseGet(response::body);
    }

    /** As when the browser is closed and opened again. */
    void restart() {
        cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getMaxAge() < 0)
                .toList()
                .forEach(cookie -> cookies.getCookieStore().remove(null, cookie));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
