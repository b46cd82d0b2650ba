package io.reftrail.samples.demo;

import java.io.IOException;
import java.net.ServerSocket;

/** Finds ports that nobody listens at. */
final class FreePort {

    private FreePort() {}

    /** Returns the port that is wanted; where it is zero or taken, another one. */
    static int near(int wanted) throws IOException {
        try (ServerSocket socket = new ServerSocket(wanted)) {
            return socket.getLocalPort();
        } catch (IOException taken) {
            if (wanted == 0) {
                throw taken;
            }
            return near(0);
        }
    }
}
