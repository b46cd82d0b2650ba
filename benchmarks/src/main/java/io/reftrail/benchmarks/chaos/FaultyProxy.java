package io.reftrail.benchmarks.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TCP proxy between the nodes and the backend. On request it closes its port or resets connections, also between a call that
 * the backend has received and its reply.
 */
public final class FaultyProxy implements AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(FaultyProxy.class);

    private final InetSocketAddress backend;
    private final int port;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Tunnel> tunnels = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requestsToLose = new AtomicInteger();
    private final AtomicInteger repliesToLose = new AtomicInteger();
    private final AtomicInteger repliesInDoubt = new AtomicInteger();
    private @Nullable ServerSocket listening;

    /** Opens a port that leads to a backend. */
    public FaultyProxy(URI backend) throws IOException {
        this.backend = new InetSocketAddress(backend.getHost(), backend.getPort());
        this.port = open(0);
    }

    /** Returns the port. */
    public int port() {
        return port;
    }

    /** Opens the port again after {@link #shut()}. */
    public synchronized void open() throws IOException {
        if (listening == null) {
            open(port);
        }
    }

    private synchronized int open(int on) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), on));
        listening = socket;
        threads.execute(() -> accept(socket));
        return socket.getLocalPort();
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                threads.execute(() -> connect(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        Tunnel tunnel = new Tunnel(client);
        tunnels.add(tunnel);
        try {
            tunnel.run();
        } finally {
            tunnels.remove(tunnel);
            if (tunnel.callIsOpen || tunnel.severed) {
                repliesInDoubt.incrementAndGet();
            }
        }
    }

    /** Refuses connections from now on, and resets those that are open. */
    public synchronized void shut() throws IOException {
        if (listening != null) {
            listening.close();
            listening = null;
        }
        resetAll();
    }

    /** Resets all open connections. */
    public void resetAll() {
        tunnels.forEach(Tunnel::sever);
    }

    /** Resets the connections of the next requests before the backend receives them. */
    public void loseRequests(int count) {
        requestsToLose.addAndGet(count);
    }

    /** Forwards the next requests to the backend, and resets their connections instead of forwarding the replies. */
    public void loseReplies(int count) {
        repliesToLose.addAndGet(count);
    }

    /** Returns how many connections have ended while a node may have been waiting for a reply. */
    int repliesInDoubt() {
        return repliesInDoubt.get();
    }

    /** Ends all faults. */
    public void heal() throws IOException {
        requestsToLose.set(0);
        repliesToLose.set(0);
        open();
    }

    @Override
    public void close() throws IOException {
        shut();
        threads.shutdownNow();
    }

    /** A connection through the proxy. */
    private final class Tunnel {

        private static final int BUFFER_BYTES = 16_384;

        private final Socket client;
        private final Socket server = new Socket();
        private volatile boolean callIsOpen;
        private volatile boolean severed;

        Tunnel(Socket client) {
            this.client = client;
        }

        /** Forwards until one side ends. */
        void run() {
            try {
                server.connect(backend);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                threads.execute(() -> forward(server, client, repliesToLose, false));
                forward(client, server, requestsToLose, true);
            } catch (IOException unreachable) {
                reset();
            }
        }

        private void forward(Socket from, Socket to, AtomicInteger toLose, boolean opensCall) {
            byte[] buffer = new byte[BUFFER_BYTES];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                int length = in.read(buffer);
                while (length >= 0) {
                    if (toLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                        reset();
                        return;
                    }
                    if (opensCall) {
                        callIsOpen = true;
                    }
                    out.write(buffer, 0, length);
                    if (!opensCall) {
                        callIsOpen = false;
                    }
                    length = in.read(buffer);
                }
            } catch (IOException broken) {
                reset();
                return;
            }
            end();
        }

        /** Breaks the connection from outside. This may destroy a reply that was forwarded just before. */
        void sever() {
            severed = true;
            reset();
        }

        /** Ends both sides with a TCP reset. */
        private void reset() {
            reset(client);
            reset(server);
        }

        private static void reset(Socket socket) {
            try {
                socket.setSoLinger(true, 0);
                socket.close();
            } catch (IOException closedBefore) {
                logger.debug("A connection is closed already", closedBefore);
            }
        }

        private void end() {
            try (client;
                    server) {
                client.shutdownOutput();
            } catch (IOException closed) {
                reset();
            }
        }
    }
}
