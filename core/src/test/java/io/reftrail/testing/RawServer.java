package io.reftrail.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that misbehaves below HTTP: it reads some of a request, and then does as its manner says. */
public final class RawServer implements AutoCloseable {

    /** What it does to a connection. */
    public interface Manner {

        /** Called with a connection on which a request has begun to arrive. */
        void treat(Socket connection, CountDownLatch closed) throws IOException, InterruptedException;
    }

    /** Never answers. */
    public static final Manner HANG = (connection, closed) -> closed.await();

    /** Resets the connection. */
    public static final Manner RESET = (connection, closed) -> connection.setSoLinger(true, 0);

    /** Closes the connection without an answer. */
    public static final Manner CLOSE = (connection, closed) -> {};

    /** Sends a head, and then one byte of the body every few milliseconds for ever. */
    public static final Manner DRIP_BODY =
            (connection, closed) -> drip(connection, "HTTP/1.1 201 Created\r\nContent-Length: 1000000\r\n\r\n", closed);

    /** Sends one byte of a header every few milliseconds for ever. */
    public static final Manner DRIP_HEAD =
            (connection, closed) -> drip(connection, "HTTP/1.1 201 Created\r\nX-Long: ", closed);

    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ServerSocket socket;

    private RawServer(Manner manner) {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        threads.execute(() -> accept(manner));
    }

    /** Starts a server. */
    public static RawServer with(Manner manner) {
        return new RawServer(manner);
    }

    /** Sends the head, and then the same text again and again as fast as it is taken. */
    public static Manner flood(String head, String body) {
        return (connection, closed) -> {
            OutputStream out = connection.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
            while (closed.getCount() > 0) {
                out.write(bytes);
            }
        };
    }

    private static void drip(Socket connection, String head, CountDownLatch closed)
            throws IOException, InterruptedException {
        OutputStream out = connection.getOutputStream();
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        while (!closed.await(5, TimeUnit.MILLISECONDS)) {
            out.write(' ');
            out.flush();
        }
    }

    private void accept(Manner manner) {
        while (closed.getCount() > 0) {
            try {
                Socket connection = socket.accept();
                connections.incrementAndGet();
                threads.execute(() -> treat(connection, manner));
            } catch (IOException stopped) {
                return;
            }
        }
    }

    private void treat(Socket connection, Manner manner) {
        try (connection) {
            if (connection.getInputStream().read() >= 0) {
                manner.treat(connection, closed);
            }
        } catch (IOException clientGone) {
            return;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many connections it has seen. */
    public int connections() {
        return connections.get();
    }

    /** Where it listens. */
    public String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            threads.shutdownNow();
        }
    }
}
