package io.reftrail.benchmarks.peers;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A server that takes events in whatever format, one or many in a call, notes whose they are, and can go away. */
final class Collector implements AutoCloseable {

    private static final byte[] REPLY = "{\"success\":true,\"status\":1}".getBytes(StandardCharsets.UTF_8);

    private final Server server = new Server(new QueuedThreadPool(16));
    private final ServerConnector connector = new ServerConnector(server, 1, 1);
    private final BitSet arrived = new BitSet();

    Collector() throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws IOException {
                take(request);
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
                response.write(true, ByteBuffer.wrap(REPLY), callback);
                return true;
            }
        });
        server.start();
        connector.setPort(connector.getLocalPort());
    }

    private void take(Request request) throws IOException {
        byte[] body = Content.Source.asInputStream(request).readAllBytes();
        if ("gzip".equals(request.getHeaders().get(HttpHeader.CONTENT_ENCODING))) {
            try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(body))) {
                body = plain.readAllBytes();
            }
        }
        byte[] text = body;
        synchronized (arrived) {
            Customers.find(text, arrived::set);
            arrived.notifyAll();
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + connector.getPort() + "/");
    }

    /** Takes no connections from now on, and ends those that are open. */
    void goAway() throws Exception {
        connector.stop();
    }

    void comeBack() throws Exception {
        connector.start();
    }

    void forget() {
        synchronized (arrived) {
            arrived.clear();
        }
    }

    int arrived() {
        synchronized (arrived) {
            return arrived.cardinality();
        }
    }

    /**
     * Waits until so many have arrived, or until nothing has arrived for so long, and returns how many have.
     *
     * @param quietSeconds how long nothing
     */
    int await(int events, int quietSeconds) throws InterruptedException {
        long quiet = TimeUnit.SECONDS.toNanos(quietSeconds);
        synchronized (arrived) {
            int before = arrived.cardinality();
            long last = System.nanoTime();
            while (arrived.cardinality() < events && System.nanoTime() - last < quiet) {
                TimeUnit.MILLISECONDS.timedWait(arrived, 20);
                if (arrived.cardinality() > before) {
                    before = arrived.cardinality();
                    last = System.nanoTime();
                }
            }
            return arrived.cardinality();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (Exception failure) {
            throw new IOException("the collector does not stop", failure);
        }
    }
}
