package io.reftrail.benchmarks.chaos;

import io.reftrail.samples.demo.FreePorts;
import io.reftrail.samples.demo.JavaProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The nodes of the application, of which at least one is up at any time. */
public final class Nodes implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<Node> nodes = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private int kills;

    /**
     * Starts them all at the same time, as a deployment might.
     *
     * @param backendPort where the vendors' calls go, below a path for each vendor
     * @param more further command line arguments
     */
    public static Nodes start(int count, Path directory, String jdbcUrl, int backendPort, String... more)
            throws IOException, InterruptedException {
        Nodes nodes = new Nodes();
        try {
            FreePorts ports = new FreePorts();
            for (int number = 1; number <= count; number++) {
                Path log = directory.resolve("node-" + number + ".log");
                nodes.nodes.add(new Node(log, ports.any(), jdbcUrl, backendPort, more));
            }
            nodes.awaitReady();
            return nodes;
        } catch (IOException | InterruptedException | RuntimeException failure) {
            nodes.close();
            throw failure;
        }
    }

    /** Waits until each node answers. */
    public void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (ready().size() < nodes.size()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("not all nodes start");
            }
            restartEnded();
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Restarts the nodes that have ended by themselves, for example because they found no database at their start. */
    public void restartEnded() throws IOException, InterruptedException {
        for (Node node : nodes) {
            if (!node.process.isAlive()) {
                node.killAndRestart();
            }
        }
    }

    /** Kills a random node and restarts it, unless no other node is ready. */
    public void killOne(Random random) throws IOException, InterruptedException {
        List<Node> ready = ready();
        if (ready.size() > 1) {
            ready.get(random.nextInt(ready.size())).killAndRestart();
            kills++;
        }
    }

    private List<Node> ready() throws InterruptedException {
        List<Node> ready = new ArrayList<>();
        for (Node node : nodes) {
            HttpRequest request = HttpRequest.newBuilder(node.address.resolve("/ready"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            try {
                if (client.send(request, BodyHandlers.discarding()).statusCode() == 200) {
                    ready.add(node);
                }
            } catch (IOException down) {
                // It is not ready.
            }
        }
        return ready;
    }

    /** Returns the address of a random node, up or down. */
    public URI any() {
        return nodes.get(ThreadLocalRandom.current().nextInt(nodes.size())).address;
    }

    /** Returns the address of another random node, up or down. */
    URI anyBut(URI address) {
        URI other = any();
        while (other.equals(address)) {
            other = any();
        }
        return other;
    }

    /** Returns how often a node was killed. */
    public int kills() {
        return kills;
    }

    @Override
    public void close() {
        nodes.forEach(node -> node.process.close());
    }

    /** A process of the application, on a port that it keeps when it is restarted. */
    private static final class Node {

        /** A small heap, and a quick start rather than fast code: a node does not live long. */
        private static final List<String> JVM = List.of(
                "-Xmx192m", "-Xss512k", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dspring.main.banner-mode=off");

        private final Path log;
        private final URI address;
        private final List<String> arguments;
        private JavaProcess process;

        Node(Path log, int port, String jdbcUrl, int backendPort, String... more) throws IOException {
            this.log = log;
            this.address = URI.create("http://127.0.0.1:" + port);
            this.arguments = new ArrayList<>(List.of(
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
            arguments.addAll(List.of(more));
            this.process = launch();
        }

        private JavaProcess launch() throws IOException {
            return JavaProcess.start(NodeApplication.class.getName(), JVM, log, arguments);
        }

        void killAndRestart() throws IOException, InterruptedException {
            process.kill();
            process = launch();
        }
    }
}
