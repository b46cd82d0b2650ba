package io.reftrail.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.reftrail.backend.HttpCall;
import io.reftrail.backend.HttpReply;
import io.reftrail.delivery.HttpTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Both vendors' APIs on loopback: records each call, and answers at once or, when told to hang, not before the end. */
final class StubBackend implements AutoCloseable {

    /** For tests that send nothing. */
    static final HttpTransport UNREACHABLE = new HttpTransport() {
        @Override
        public HttpReply send(HttpCall call) throws IOException {
            throw new IOException("there is no backend in this test");
        }

        @Override
        public void close() {}
    };

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean hanging;
    private volatile String reply = "{\"status\":\"recorded\"}";

    /** A call as it arrived. */
    record Call(String path, String key, String body) {}

    StubBackend() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
    }

    List<Call> calls() {
        return calls;
    }

    StubBackend hang() {
        hanging = true;
        return this;
    }

    /** Answers what hangs, and everything after. */
    void goOn() {
        hanging = false;
        end.countDown();
    }

    StubBackend reply(String json) {
        reply = json;
        return this;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String key = exchange.getRequestHeaders().getFirst("x-api-key");
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        calls.add(new Call(
                exchange.getRequestURI().getPath(),
                key == null ? String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")) : key,
                body));
        if (hanging) {
            await();
        }
        byte[] bytes = reply.getBytes(UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void await() {
        try {
            end.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
