package io.reftrail.security.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A visitor's browser, which keeps cookies and follows nothing by itself. */
final class Browser {

    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private final URI shop;

    Browser(int port) {
        this.shop = URI.create("http://127.0.0.1:" + port);
    }

    /** Comes by a partner's link. */
    Browser click() {
        assertThat(get("/api/prices?irw_id=aff_1", "Accept", "text/html").status())
                .isEqualTo(302);
        return this;
    }

    boolean hasClick() {
        return cookieNames().anyMatch("_introw_aff"::equals);
    }

    Stream<String> cookieNames() {
        return cookies.getCookieStore().getCookies().stream().map(HttpCookie::getName);
    }

    /** Forgets a cookie, such as the session's. */
    void drop(String name) {
        cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .toList()
                .forEach(cookie -> cookies.getCookieStore().remove(shop, cookie));
    }

    Reply get(String path, String... headers) {
        return join(send(request(path, headers).GET().build()));
    }

    /** @param form names and values by turns */
    Reply post(String path, String... form) {
        return join(postLater(path, form));
    }

    CompletableFuture<Reply> postLater(String path, String... form) {
        return send(form(path, form).build());
    }

    Reply postWith(String authorization, String path, String... form) {
        return join(send(form(path, form).header("Authorization", authorization).build()));
    }

    /** Fills in the login form. */
    Reply signIn(String name) {
        return post("/login", "username", name, "password", "secret");
    }

    static String basic(String name) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":secret").getBytes(StandardCharsets.UTF_8));
    }

    private HttpRequest.Builder form(String path, String... form) {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < form.length; i += 2) {
            body.append(form[i]).append('=').append(URLEncoder.encode(form[i + 1], StandardCharsets.UTF_8));
            body.append('&');
        }
        return request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body.toString()));
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(shop.resolve(path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private CompletableFuture<Reply> send(HttpRequest request) {
        return client.sendAsync(request, BodyHandlers.ofString()).thenApply(Browser::reply);
    }

    private static Reply reply(HttpResponse<String> response) {
        return new Reply(response.statusCode(), response.headers(), response.body());
    }

    private static Reply join(CompletableFuture<Reply> reply) {
        return reply.join();
    }
}
