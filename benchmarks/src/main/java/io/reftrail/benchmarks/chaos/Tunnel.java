package io.reftrail.benchmarks.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection through the {@link FaultyProxy}. */
final class Tunnel {

    private static final Logger logger = LoggerFactory.getLogger(Tunnel.class);

    private static final int BUFFER_BYTES = 16_384;

    private final Socket client;
    private final Socket server = new Socket();
    private final AtomicInteger requestsToLose;
    private final AtomicInteger repliesToLose;
    private volatile boolean callIsOpen;
    private volatile boolean severed;

    Tunnel(Socket client, AtomicInteger requestsToLose, AtomicInteger repliesToLose) {
        this.client = client;
        this.requestsToLose = requestsToLose;
        this.repliesToLose = repliesToLose;
    }

    /** Forwards until one side ends. */
    void run(InetSocketAddress backend, ExecutorService threads) {
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
                if (takeOne(toLose)) {
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

    private static boolean takeOne(AtomicInteger count) {
        return count.getAndUpdate(left -> left > 0 ? left - 1 : 0) > 0;
    }

    /** Whether the client may have missed the reply to a call that the server has seen. */
    boolean leavesDoubt() {
        return callIsOpen || severed;
    }

    /** Breaks the connection from outside, which may also destroy a reply that was forwarded just now. */
    void sever() {
        severed = true;
        reset();
    }

    /** Ends both sides with a RST, without a goodbye. */
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
