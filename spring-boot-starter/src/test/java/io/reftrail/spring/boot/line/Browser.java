package io.reftrail.spring.boot.line;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One visitor's browser: keeps cookies, and follows no redirect by itself. */
final class Browser {

    static final String FORM = "application/x-www-form-urlencoded";

    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
            .build();
    private final int port;

    /** @param port of the shop on this machine */
    Browser(int port) {
        this.port = port;
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(HttpRequest.newBuilder().GET(), path, headers);
    }

    /** Opens a page as a browser does that is led there by a link. */
    HttpResponse<String> visit(String path) {
        return get(path, "Sec-Fetch-Mode", "navigate", "Accept", "text/html");
    }

    HttpResponse<String> post(String path, String type, String body) {
        return send(HttpRequest.newBuilder().POST(BodyPublishers.ofString(body)).header("Content-Type", type), path);
    }

    /** Signs in with the form that the application has. */
    HttpResponse<String> signIn(String name) {
        return post("/login", FORM, "username=" + name + "&password=secret");
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String path, String... headers) {
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(
                    request.uri(URI.create("http://127.0.0.1:" + port + path)).build(), BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }
}
