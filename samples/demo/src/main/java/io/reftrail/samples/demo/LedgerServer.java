package io.reftrail.samples.demo;

import java.io.IOException;
import java.sql.SQLException;
import org.h2.tools.Server;

/**
 * A database server, H2's, that can be stopped: nobody listens at its port then, and the connections it had are cut. What
 * was stored is there again when it is started again.
 */
final class LedgerServer implements AutoCloseable {

    private final int port;
    private Server server;

    private LedgerServer(int port, Server server) {
        this.port = port;
        this.server = server;
    }

    static LedgerServer start(int port) throws IOException {
        return new LedgerServer(port, listen(port));
    }

    private static Server listen(int port) throws IOException {
        try {
            return Server.createTcpServer("-tcpPort", String.valueOf(port), "-ifNotExists")
                    .start();
        } catch (SQLException failure) {
            throw new IOException("the ledger's database does not start", failure);
        }
    }

    String url() {
        return "jdbc:h2:tcp://localhost:" + port + "/mem:ledger;DB_CLOSE_DELAY=-1";
    }

    void stop() {
        server.stop();
    }

    void startAgain() throws IOException {
        server = listen(port);
    }

    @Override
    public void close() {
        server.stop();
    }
}
