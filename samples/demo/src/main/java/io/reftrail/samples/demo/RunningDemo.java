package io.reftrail.samples.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The shop, its identity provider and the sandbox as processes that know each other's addresses. */
final class RunningDemo implements AutoCloseable {

    private final URI shop;
    private final URI sandbox;
    private final URI keyring;
    private final List<JavaProcess> processes;

    private RunningDemo(URI shop, URI sandbox, URI keyring, List<JavaProcess> processes) {
        this.shop = shop;
        this.sandbox = sandbox;
        this.keyring = keyring;
        this.processes = processes;
    }

    /** Starts them all at the ports that the README names, or at others where those are taken. */
    static RunningDemo atUsualPorts() throws IOException, InterruptedException {
        FreePorts ports = new FreePorts();
        return start(ports.near(8080), ports.near(9090), ports.near(9000));
    }

    /**
     * Starts them all at free ports.
     *
     * @param shopOptions further command line arguments of the shop
     */
    static RunningDemo start(FreePorts ports, String... shopOptions) throws IOException, InterruptedException {
        return start(ports.any(), ports.any(), ports.any(), shopOptions);
    }

    private static RunningDemo start(int shopPort, int sandboxPort, int keyringPort, String... shopOptions)
            throws IOException, InterruptedException {
        URI shop = URI.create("http://localhost:" + shopPort);
        URI sandbox = URI.create("http://localhost:" + sandboxPort);
        // Another host name than the shop's: the two are two sites.
        URI keyring = URI.create("http://127.0.0.1:" + keyringPort);
        List<String> options = new ArrayList<>(List.of(shopOptions));
        options.add("--server.port=" + shopPort);
        options.add("--sandbox-url=" + sandbox);
        options.add("--shop.keyring.issuer=" + keyring);
        RunningDemo demo = new RunningDemo(shop, sandbox, keyring, new ArrayList<>());
        try {
            demo.processes.add(start("spring-boot-app", "demo", options));
            demo.processes.add(start(
                    "sandbox-backend",
                    "demo",
                    List.of(
                            "--server.port=" + sandboxPort,
                            "--sandbox.merchant-url=" + shop + "/",
                            "--sandbox.stripe.webhook-urls=" + shop + "/reftrail/payments/stripe")));
            demo.processes.add(start(
                    "authorization-server",
                    "demo",
                    List.of("--server.port=" + keyringPort, "--keyring.shop-url=" + shop)));
            demo.processes.get(0).awaitReady(shop);
            demo.processes.get(1).awaitReady(sandbox);
            demo.processes.get(2).awaitReady(keyring);
            return demo;
        } catch (IOException | InterruptedException failure) {
            demo.close();
            throw failure;
        }
    }

    /** Starts a packaged sample. Its code is compiled once and quickly, because it does not run for long. */
    static JavaProcess start(String sample, String name, List<String> arguments) throws IOException {
        Path module = Path.of(System.getProperty("reftrail.samples", "samples")).resolve(sample);
        Path log = module.resolve("target/" + name + ".log");
        Files.deleteIfExists(log);
        return JavaProcess.startJar(
                JavaProcess.applicationJar(module),
                List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                log,
                arguments);
    }

    URI shop() {
        return shop;
    }

    URI sandbox() {
        return sandbox;
    }

    URI keyring() {
        return keyring;
    }

    /** Returns what the shop has logged so far. */
    String shopLog() throws IOException {
        return processes.get(0).log();
    }

    String sandboxLog() throws IOException {
        return processes.get(1).log();
    }

    String keyringLog() throws IOException {
        return processes.get(2).log();
    }

    /** Waits until the shop ends. */
    void await() throws InterruptedException {
        processes.get(0).await();
    }

    @Override
    public void close() {
        processes.forEach(JavaProcess::close);
    }
}
