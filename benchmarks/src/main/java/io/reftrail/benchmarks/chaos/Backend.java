package io.reftrail.benchmarks.chaos;

import io.reftrail.benchmarks.JavaProcess;
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
final class Backend implements AutoCloseable {

    private static final String MAIN = "io.reftrail.samples.sandbox.SandboxBackend";

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** More calls than any run makes. */
    private static final int ALL = 100_000_000;

    private final HttpClient client = HttpClient.newHttpClient();
    private final InetSocketAddress address;
    private final JavaProcess process;

    private Backend(InetSocketAddress address, JavaProcess process) {
        this.address = address;
        this.process = process;
    }

    /** Starts the process and waits until it answers. */
    static Backend start(Path directory) throws IOException, InterruptedException {
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
                        "--sandbox.merchant-url=http://localhost/",
                        "--sandbox.affonso.rate-limit=0"));
        Backend backend = new Backend(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), process);
        backend.awaitReady();
        return backend;
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

    InetSocketAddress address() {
        return address;
    }

    /** Follows a partner's link and returns the query that the visitor arrives with. */
    String click(Vendor vendor) throws IOException, InterruptedException {
        String landing =
                send(request(vendor.link())).headers().firstValue("Location").orElseThrow();
        return URI.create(landing).getRawQuery();
    }

    /** Orders trouble for the next calls. */
    void order(String faultJson) throws IOException, InterruptedException {
        send(request("/sandbox/faults")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(faultJson)));
    }

    /** Ends all trouble. */
    void heal() throws IOException, InterruptedException {
        send(request("/sandbox/faults").DELETE());
    }

    /** What has reached it until now. */
    Feed feed() throws IOException, InterruptedException {
        return Feed.parse(send(request("/sandbox/calls?limit=" + ALL)).body());
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
