package io.reftrail.samples.demo;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds ports that nobody listens at, none of them twice. They lie below those that systems give to outgoing connections
 * (from 32768 on Linux): a server that binds its port seconds later must not find a client on it.
 */
final class FreePorts {

    private static final int FIRST = 10_000;
    private static final int END = 32_000;

    private int next = ThreadLocalRandom.current().nextInt(FIRST, END - 1_000);

    /** Returns the port that is wanted; where that is taken, another one. */
    int near(int wanted) throws IOException {
        return isFree(wanted) ? wanted : any();
    }

    int any() throws IOException {
        while (next < END) {
            int candidate = next++;
            if (isFree(candidate)) {
                return candidate;
            }
        }
        throw new IOException("no free port below " + END);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
