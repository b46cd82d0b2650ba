package io.reftrail.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A real HTTP server on the loopback that answers as a test says and remembers what it was asked. */
public final class StubServer implements AutoCloseable {

    /** A request as it came; header names in lower case. */
    public record Received(String method, String path, Map<String, String> headers, String body, int client) {}

    /** What to answer. */
    public record Answer(int status, Map<String, String> headers, String body) {

        /** An answer without headers of its own. */
        public static Answer of(int status, String body) {
            return new Answer(status, Map.of(), body);
        }

        /** Introw's answer to a new conversion. */
        public static Answer recorded() {
            return of(201, "{\"status\":\"recorded\"}");
        }
    }

    private final List<Received> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger mostInFlight = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    private StubServer(Function<Received, Answer> answers) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, answers));
        server.start();
    }

    /** A server that answers each request as the function says, on a thread of its own. */
    public static StubServer answering(Function<Received, Answer> answers) {
        return new StubServer(answers);
    }

    /** A server that gives these answers in turn, and the last one for ever. */
    public static StubServer answering(Answer... answers) {
        AtomicInteger next = new AtomicInteger();
        return new StubServer(request -> answers[Math.min(next.getAndIncrement(), answers.length - 1)]);
    }

    private void answer(HttpExchange exchange, Function<Received, Answer> answers) throws IOException {
        mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        try (exchange) {
            Map<String, String> headers = new TreeMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(lower(name), String.join(", ", values)));
            Received received = new Received(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    headers,
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    exchange.getRemoteAddress().getPort());
            requests.add(received);
            Answer answer = answers.apply(received);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            inFlight.decrementAndGet();
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** All requests so far. */
    public List<Received> requests() {
        return requests;
    }

    /** How many requests were being answered at the same time at most. */
    public int mostInFlight() {
        return mostInFlight.get();
    }

    /** Where it listens. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
