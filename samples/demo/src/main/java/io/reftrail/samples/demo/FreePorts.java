package io.reftrail.samples.demo;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds free ports, each of them once. They lie below the range that systems use for outgoing connections (from 32768 on
 * Linux), so that none is taken by a client before the server binds it. Not thread-safe.
 */
public final class FreePorts {

    private static final int FIRST = 10_000;
    private static final int END = 32_000;

    private int next = ThreadLocalRandom.current().nextInt(FIRST, END - 1_000);

    /** Returns the wanted port, or another one if that is taken. */
    int near(int wanted) throws IOException {
        return isFree(wanted) ? wanted : any();
    }

    /** Returns a free port. */
    public int any() throws IOException {
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
