package io.example.signup;

import com.sun.net.httpserver.HttpExchange;
import io.reftrail.Reftrail;
import io.reftrail.capture.HeaderExchange;
import io.reftrail.model.Customer;
import java.util.List;

/** A sign-up in a framework without servlets; here the HTTP server of the JDK. */
final class AnyFramework {

    private final Reftrail reftrail;

    AnyFramework(Reftrail reftrail) {
        this.reftrail = reftrail;
    }

    void signedUp(HttpExchange http, String accountId) {
        List<String> cookies = http.getRequestHeaders().getOrDefault("Cookie", List.of());
        HeaderExchange exchange = HeaderExchange.of(cookies, true);
        reftrail.lead(exchange, Customer.of(accountId));
        exchange.setCookies().forEach(line -> http.getResponseHeaders().add("Set-Cookie", line));
        if (!exchange.setCookies().isEmpty()) {
            http.getResponseHeaders().set("Cache-Control", "no-store");
        }
    }
}
