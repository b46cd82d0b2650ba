package io.reftrail.samples.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The shop, its identity provider and the sandbox as processes that know each other's addresses. */
final class RunningDemo implements AutoCloseable {

    private final URI shop;
    private final URI sandbox;
    private final URI keyring;
    private final List<ChildProcess> processes;

    private RunningDemo(URI shop, URI sandbox, URI keyring, List<ChildProcess> processes) {
        this.shop = shop;
        this.sandbox = sandbox;
        this.keyring = keyring;
        this.processes = processes;
    }

    /** Starts them all, each at the port that the README names; where that is taken, at another one. */
    static RunningDemo atUsualPorts() throws IOException, InterruptedException {
        FreePorts ports = new FreePorts();
        return start(ports.near(8080), ports.near(9090), ports.near(9000));
    }

    /**
     * Starts them all, beside whatever runs already.
     *
     * @param shopOptions more of the shop's properties, as on its command line
     */
    static RunningDemo start(FreePorts ports, String... shopOptions) throws IOException, InterruptedException {
        return start(ports.any(), ports.any(), ports.any(), shopOptions);
    }

    private static RunningDemo start(int shopOn, int sandboxOn, int keyringOn, String... shopOptions)
            throws IOException, InterruptedException {
        URI shop = URI.create("http://localhost:" + shopOn);
        URI sandbox = URI.create("http://localhost:" + sandboxOn);
        URI keyring = URI.create("http://127.0.0.1:" + keyringOn);
        List<String> options = new ArrayList<>(List.of(shopOptions));
        options.add("--server.port=" + shopOn);
        options.add("--sandbox-url=" + sandbox);
        options.add("--shop.keyring.issuer=" + keyring);
        List<ChildProcess> processes = List.of(
                ChildProcess.start(module("spring-boot-app"), "demo", shop, options.toArray(String[]::new)),
                ChildProcess.start(
                        module("sandbox-backend"),
                        "demo",
                        sandbox,
                        "--server.port=" + sandboxOn,
                        "--sandbox.merchant-url=" + shop + "/"),
                ChildProcess.start(
                        module("authorization-server"),
                        "demo",
                        keyring,
                        "--server.port=" + keyringOn,
                        "--keyring.shop-url=" + shop));
        RunningDemo demo = new RunningDemo(shop, sandbox, keyring, processes);
        try {
            for (ChildProcess process : processes) {
                process.awaitReady();
            }
            return demo;
        } catch (IOException | InterruptedException failure) {
            demo.close();
            throw failure;
        }
    }

    /** Where a sample is that has been built. */
    static Path module(String name) {
        return Path.of(System.getProperty("reftrail.samples", "samples")).resolve(name);
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

    String sandboxLog() throws IOException {
        return processes.get(1).log();
    }

    String keyringLog() throws IOException {
        return processes.get(2).log();
    }

    /** The identity provider, of another host than the shop's. */
    URI keyring() {
        return keyring;
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
