package io.reftrail.servlet;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.IntSupplier;

/** A proxy that ends TLS and serves an application below a prefix, which it strips. Says so in {@code X-Forwarded-} headers. */
final class PrefixProxy implements AutoCloseable {

    static final String PREFIX = "/shop";

    private static final List<String> PASSED_ON = List.of("Accept", "Cookie", "Sec-Fetch-Mode");
    private static final List<String> PASSED_BACK = List.of("Location", "Set-Cookie", "Cache-Control");

    private final HttpServer server;
    private final IntSupplier origin;

    PrefixProxy(IntSupplier origin) {
        this.origin = origin;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.createContext(PREFIX, this::pass);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void pass(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestURI().toString().substring(PREFIX.length());
        RawRequest request = RawRequest.of(exchange.getRequestMethod(), target)
                .with("X-Forwarded-For", "203.0.113.7")
                .with("X-Forwarded-Proto", "https")
                .with("X-Forwarded-Host", "www.example.com")
                .with("X-Forwarded-Prefix", PREFIX);
        for (String name : PASSED_ON) {
            exchange.getRequestHeaders().getOrDefault(name, List.of()).forEach(value -> request.with(name, value));
        }
        RawResponse response = request.send(origin.getAsInt());
        for (String name : PASSED_BACK) {
            response.headers(name)
                    .forEach(value -> exchange.getResponseHeaders().add(name, value));
        }
        exchange.sendResponseHeaders(response.status(), -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
