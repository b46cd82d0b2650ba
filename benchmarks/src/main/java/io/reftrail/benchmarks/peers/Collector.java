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

/** A server that accepts events in any format, one or many in a call, and records their customers. It can be stopped. */
final class Collector implements AutoCloseable {

    private static final byte[] REPLY = "{\"success\":true,\"status\":1}".getBytes(StandardCharsets.UTF_8);
    private static final int DIGITS = 9;

    private final Server server = new Server(new QueuedThreadPool(16));
    private final ServerConnector connector = new ServerConnector(server, 1, 1);
    private final BitSet arrived = new BitSet();

    Collector() throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws IOException {
                record(body(request));
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
                response.write(true, ByteBuffer.wrap(REPLY), callback);
                return true;
            }
        });
        server.start();
        connector.setPort(connector.getLocalPort());
    }

    /** Returns the name of a customer, which is found in any format: a letter, nine digits, a letter. */
    static String customer(int number) {
        return String.format("c%0" + DIGITS + "dx", number);
    }

    private static byte[] body(Request request) throws IOException {
        byte[] body = Content.Source.asInputStream(request).readAllBytes();
        if ("gzip".equals(request.getHeaders().get(HttpHeader.CONTENT_ENCODING))) {
            try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(body))) {
                return plain.readAllBytes();
            }
        }
        return body;
    }

    private void record(byte[] body) {
        synchronized (arrived) {
            for (int at = 0; at + DIGITS + 1 < body.length; at++) {
                if (body[at] == 'c' && body[at + DIGITS + 1] == 'x') {
                    int number = number(body, at + 1);
                    if (number >= 0) {
                        arrived.set(number);
                    }
                }
            }
            arrived.notifyAll();
        }
    }

    private static int number(byte[] body, int from) {
        int number = 0;
        for (int at = from; at < from + DIGITS; at++) {
            if (body[at] < '0' || body[at] > '9') {
                return -1;
            }
            number = 10 * number + body[at] - '0';
        }
        return number;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + connector.getPort() + "/");
    }

    /** Accepts no connections from now on, and closes those that are open. */
    void stop() throws Exception {
        connector.stop();
    }

    void restart() throws Exception {
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

    /** Waits until this many events have arrived, or none for some seconds, and returns how many have arrived. */
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
