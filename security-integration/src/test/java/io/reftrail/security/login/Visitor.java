package io.reftrail.security.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A person with a browser: keeps cookies, follows redirects, and remembers each answer on the way. */
final class Visitor {

    private final CookieManager cookies = new CookieManager();
    private final HttpClient client;
    private final Map<String, String> headers;

    private Visitor(HttpClient.Builder client, Map<String, String> headers) {
        this.client = client.cookieHandler(cookies)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        this.headers = headers;
    }

    static Visitor withoutCookies() {
        return new Visitor(HttpClient.newBuilder(), Map.of());
    }

    /** Returns a visitor behind a proxy that adds headers to each request. */
    static Visitor behindProxy(Map<String, String> headers) {
        return new Visitor(HttpClient.newBuilder(), headers);
    }

    /** One who has a certificate. */
    static Visitor withCertificate(SSLContext certificate) {
        return new Visitor(HttpClient.newBuilder().sslContext(certificate), Map.of());
    }

    Trail open(URI address) {
        return follow(HttpRequest.newBuilder(address).header("Accept", "text/html"));
    }

    Trail submit(URI address, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return follow(HttpRequest.newBuilder(address)
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    /** As a script does. */
    Trail submitJson(URI address, String json, Map<String, String> more) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json));
        more.forEach(request::header);
        return follow(request);
    }

    private Trail follow(HttpRequest.Builder request) {
        List<HttpResponse<String>> hops = new ArrayList<>();
        HttpResponse<String> response = send(request);
        hops.add(response);
        while (response.statusCode() == 302 || response.statusCode() == 303) {
            assertThat(hops).as("redirects").hasSizeLessThan(20);
            URI next = response.uri()
                    .resolve(response.headers().firstValue("Location").orElseThrow());
            response = send(HttpRequest.newBuilder(next).header("Accept", "text/html"));
            hops.add(response);
        }
        return new Trail(hops);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        headers.forEach(request::setHeader);
        try {
            return client.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Nullable
    String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse(null);
    }
}
