package io.reftrail.benchmarks.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the nodes and the backend: forwards bytes, and when it is told to, closes its port or resets connections,
 * also between a request that the backend has seen and its reply.
 */
final class FaultyProxy implements AutoCloseable {

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

    FaultyProxy(InetSocketAddress backend) throws IOException {
        this.backend = backend;
        this.port = open(0);
    }

    int port() {
        return port;
    }

    /** Opens the port again after {@link #shut()}. */
    synchronized void open() throws IOException {
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
        Tunnel tunnel = new Tunnel(client, requestsToLose, repliesToLose);
        tunnels.add(tunnel);
        try {
            tunnel.run(backend, threads);
        } finally {
            tunnels.remove(tunnel);
            if (tunnel.leavesDoubt()) {
                repliesInDoubt.incrementAndGet();
            }
        }
    }

    /** Refuses connections from now on, and resets those that are there. */
    synchronized void shut() throws IOException {
        if (listening != null) {
            listening.close();
            listening = null;
        }
        resetAll();
    }

    /** Resets all connections that are there. */
    void resetAll() {
        tunnels.forEach(Tunnel::sever);
    }

    /** Resets the connections of the next requests before the backend has seen them. */
    void loseRequests(int count) {
        requestsToLose.addAndGet(count);
    }

    /** Lets the backend see the next requests, and resets their connections in place of the reply. */
    void loseReplies(int count) {
        repliesToLose.addAndGet(count);
    }

    /** How many connections have ended that may have owed a reply to a node, for whatever reason. */
    int repliesInDoubt() {
        return repliesInDoubt.get();
    }

    /** Loses nothing any more. */
    void heal() throws IOException {
        requestsToLose.set(0);
        repliesToLose.set(0);
        open();
    }

    @Override
    public void close() throws IOException {
        shut();
        threads.shutdownNow();
    }
}
