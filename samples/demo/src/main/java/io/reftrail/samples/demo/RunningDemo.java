package io.reftrail.samples.demo;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The shop and the sandbox as two processes that know each other's address. */
final class RunningDemo implements AutoCloseable {

    private final URI shop;
    private final URI sandbox;
    private final List<ChildProcess> processes;

    private RunningDemo(URI shop, URI sandbox, List<ChildProcess> processes) {
        this.shop = shop;
        this.sandbox = sandbox;
        this.processes = processes;
    }

    /**
     * Starts both; where a port is zero or taken, on a free one.
     *
     * @param shopOptions more of the shop's properties, as on its command line
     */
    static RunningDemo start(int shopPort, int sandboxPort, String... shopOptions)
            throws IOException, InterruptedException {
        Path samples = Path.of(System.getProperty("reftrail.samples", "samples"));
        int shopOn = freePort(shopPort);
        int sandboxOn = freePort(sandboxPort);
        URI shop = URI.create("http://localhost:" + shopOn);
        URI sandbox = URI.create("http://localhost:" + sandboxOn);
        ChildProcess backend = ChildProcess.start(
                samples.resolve("sandbox-backend"),
                sandbox,
                "--server.port=" + sandboxOn,
                "--sandbox.merchant-url=" + shop + "/");
        List<String> options = new ArrayList<>(List.of(shopOptions));
        options.add("--server.port=" + shopOn);
        options.add("--server.address=127.0.0.1");
        options.add("--sandbox-url=" + sandbox);
        ChildProcess application =
                ChildProcess.start(samples.resolve("spring-boot-app"), shop, options.toArray(String[]::new));
        RunningDemo demo = new RunningDemo(shop, sandbox, List.of(application, backend));
        try {
            backend.awaitReady();
            application.awaitReady();
            return demo;
        } catch (IOException | InterruptedException failure) {
            demo.close();
            throw failure;
        }
    }

    private static int freePort(int wanted) throws IOException {
        try (ServerSocket socket = new ServerSocket(wanted)) {
            return socket.getLocalPort();
        } catch (IOException taken) {
            if (wanted == 0) {
                throw taken;
            }
            return freePort(0);
        }
    }

    URI shop() {
        return shop;
    }

    /** What the shop has written to its log so far. */
    String shopLog() throws IOException {
        return processes.get(0).log();
    }

    URI sandbox() {
        return sandbox;
    }

    /** Waits until the shop ends. */
    void await() throws InterruptedException {
        processes.get(0).await();
    }

    @Override
    public void close() {
        processes.forEach(ChildProcess::close);
    }
}
