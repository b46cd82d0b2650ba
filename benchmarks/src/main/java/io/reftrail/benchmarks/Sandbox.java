package io.reftrail.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The sandbox backend in a process of its own: its partner links, its faults, and what it was told. */
public final class Sandbox implements AutoCloseable {

    private static final String MAIN = "io.reftrail.samples.sandbox.SandboxBackend";

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** More calls than any run makes. */
    private static final int ALL = 100_000_000;

    private final HttpClient client = HttpClient.newHttpClient();
    private final InetSocketAddress address;
    private final JavaProcess process;

    private Sandbox(InetSocketAddress address, JavaProcess process) {
        this.address = address;
        this.process = process;
    }

    /**
     * Starts the process and waits until it answers.
     *
     * @param merchant where partners' links lead
     */
    public static Sandbox start(Path directory, URI merchant) throws IOException, InterruptedException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        JavaProcess process = JavaProcess.start(
                MAIN,
                List.of("-Xmx768m", "-XX:+UseSerialGC"),
                directory,
                "backend.log",
                List.of(
                        "--server.port=" + port,
                        "--sandbox.merchant-url=" + merchant,
                        "--sandbox.affonso.rate-limit=0",
                        "--sandbox.dub.rate-limit=0"));
        Sandbox sandbox = new Sandbox(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), process);
        sandbox.awaitReady();
        return sandbox;
    }

    private void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            try {
                send(request("/sandbox/faults"));
                return;
            } catch (IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
        process.close();
        throw new IOException("the backend does not start");
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return address;
    }

    /**
     * Follows a partner's link and returns the query that the visitor arrives with.
     *
     * @param link its path
     */
    public String click(String link) throws IOException, InterruptedException {
        String landing = send(request(link)).headers().firstValue("Location").orElseThrow();
        return URI.create(landing).getRawQuery();
    }

    /** Orders trouble for the next calls. */
    public void order(String faultJson) throws IOException, InterruptedException {
        send(request("/sandbox/faults")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(faultJson)));
    }

    /** Ends all trouble. */
    public void heal() throws IOException, InterruptedException {
        send(request("/sandbox/faults").DELETE());
    }

    /** What has reached it until now, the newest last, as JSON. */
    public String calls() throws IOException, InterruptedException {
        return send(request("/sandbox/calls?limit=" + ALL)).body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + path))
                .timeout(Duration.ofMinutes(1));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() >= 400) {
            throw new IOException("the backend answers " + response.statusCode() + " to " + response.uri());
        }
        return response;
    }

    @Override
    public void close() {
        process.close();
    }
}
