package io.reftrail.benchmarks.chaos;

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

/** The application: some nodes, of which one at least is up at any time. */
final class Nodes implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<Node> nodes = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private int kills;

    /** Starts them all at the same time, as a deployment might. */
    static Nodes start(int count, Path directory, String jdbcUrl, int backendPort)
            throws IOException, InterruptedException {
        Nodes nodes = new Nodes();
        try {
            for (int number = 1; number <= count; number++) {
                nodes.nodes.add(Node.start(number, directory, jdbcUrl, backendPort));
            }
            nodes.awaitReady();
            return nodes;
        } catch (IOException | InterruptedException | RuntimeException failure) {
            nodes.close();
            throw failure;
        }
    }

    /** Waits until each answers. */
    void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!areReady()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("not all nodes start");
            }
            revive();
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Starts those again that have ended by themselves, as one does that finds no database when it starts. */
    void revive() throws IOException, InterruptedException {
        for (Node node : nodes) {
            if (!node.isAlive()) {
                node.killAndRestart();
            }
        }
    }

    /** The address of a node by chance, up or down. */
    URI any() {
        return nodes.get(ThreadLocalRandom.current().nextInt(nodes.size())).address();
    }

    /** The address of another node by chance, up or down. */
    URI anyBut(URI address) {
        URI other = any();
        while (other.equals(address)) {
            other = any();
        }
        return other;
    }

    /** Kills one by chance and starts it again, unless that would leave nobody to sign up at. */
    void killOne(Random random) throws IOException, InterruptedException {
        List<Node> ready = new ArrayList<>();
        for (Node node : nodes) {
            if (isReady(node)) {
                ready.add(node);
            }
        }
        if (ready.size() > 1) {
            ready.get(random.nextInt(ready.size())).killAndRestart();
            kills++;
        }
    }

    private boolean areReady() throws InterruptedException {
        for (Node node : nodes) {
            if (!isReady(node)) {
                return false;
            }
        }
        return true;
    }

    private boolean isReady(Node node) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(node.address().resolve("/ready"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException down) {
            return false;
        }
    }

    int kills() {
        return kills;
    }

    @Override
    public void close() {
        nodes.forEach(Node::close);
    }
}
