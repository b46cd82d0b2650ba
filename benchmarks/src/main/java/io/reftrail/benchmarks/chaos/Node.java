package io.reftrail.benchmarks.chaos;

import io.reftrail.benchmarks.JavaProcess;
import io.reftrail.benchmarks.node.NodeApplication;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** One of the application's processes, on a port that it keeps when it comes back. */
final class Node implements AutoCloseable {

    /** Small, and quick to start rather than quick in the long run: it will not live long. */
    private static final List<String> JVM = List.of(
            "-Xmx192m",
            "-Xss512k",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-Dspring.main.banner-mode=off");

    private final String name;
    private final Path directory;
    private final List<String> arguments;
    private final URI address;
    private JavaProcess process;

    private Node(String name, Path directory, int port, List<String> arguments) throws IOException {
        this.name = name;
        this.directory = directory;
        this.arguments = arguments;
        this.address = URI.create("http://127.0.0.1:" + port);
        this.process = launch();
    }

    static Node start(int number, Path directory, String jdbcUrl, int backendPort) throws IOException {
        int port = freePort();
        return new Node(
                "node-" + number,
                directory,
                port,
                List.of(
                        "--server.port=" + port,
                        "--server.address=127.0.0.1",
                        "--spring.datasource.url=" + jdbcUrl,
                        "--spring.datasource.hikari.maximum-pool-size=8",
                        "--spring.datasource.hikari.connection-timeout=3000",
                        "--spring.main.lazy-initialization=false",
                        "--spring.jmx.enabled=false",
                        "--reftrail.lead.trigger=sign-up",
                        "--reftrail.outbox.initialize-schema=always",
                        "--reftrail.delivery.connect-timeout=1s",
                        "--reftrail.delivery.response-timeout=2s",
                        "--reftrail.refport.api-key=rk_sandbox",
                        "--reftrail.refport.base-url=http://127.0.0.1:" + backendPort + "/refport",
                        "--reftrail.affonso.api-key=sk_live_sandbox",
                        "--reftrail.affonso.program-id=prg_sandbox",
                        "--reftrail.affonso.parameters=atp",
                        "--reftrail.affonso.calls-per-minute=0",
                        "--reftrail.affonso.base-url=http://127.0.0.1:" + backendPort + "/affonso"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private JavaProcess launch() throws IOException {
        return JavaProcess.start(NodeApplication.class.getName(), JVM, directory, name + ".log", arguments);
    }

    URI address() {
        return address;
    }

    /** Ends it with SIGKILL and starts it again. */
    void killAndRestart() throws IOException, InterruptedException {
        process.kill();
        process = launch();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.close();
    }
}
