package io.example.signup;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.reftrail.Reftrail;
import io.reftrail.capture.HeaderExchange;
import io.reftrail.model.Customer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The sign-up page of a framework that has neither Spring nor servlets; here it is the HTTP server of the JDK. */
final class OtherFramework implements HttpHandler {

    private final Reftrail reftrail;

    OtherFramework(Reftrail reftrail) {
        this.reftrail = reftrail;
    }

    @Override
    public void handle(HttpExchange http) throws IOException {
        String customerId = new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        List<String> cookies = http.getRequestHeaders().getOrDefault("Cookie", List.of());
        HeaderExchange exchange = HeaderExchange.of(cookies, true);
        reftrail.lead(exchange, Customer.of(customerId));
        for (String line : exchange.setCookies()) {
            http.getResponseHeaders().add("Set-Cookie", line);
            http.getResponseHeaders().set("Cache-Control", "no-store");
        }
        http.sendResponseHeaders(204, -1);
    }
}
