package io.reftrail.benchmarks.soak;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.reftrail.benchmarks.JavaProcess;
import io.reftrail.benchmarks.SampleShop;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The sample shop in a process of its own, from its packaged jar, watched from outside. */
final class Shop implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final JavaProcess process;
    private final URI address;

    private Shop(JavaProcess process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Returns an address on the loopback interface that nobody listens at. */
    static URI freeAddress() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return URI.create("http://localhost:" + socket.getLocalPort());
        }
    }

    /**
     * Starts it and waits until it answers. Calls are not limited, and nobody stays signed in for long: otherwise the heap would
     * grow with the sessions of half an hour.
     *
     * @param options more of its properties
     */
    static Shop start(Path directory, URI address, List<String> options) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(options);
        arguments.add("--server.port=" + address.getPort());
        arguments.add("--server.servlet.session.timeout=1m");
        arguments.add("--reftrail.affonso.calls-per-minute=0");
        arguments.add("--reftrail.introw.calls-per-minute=0");
        arguments.add("--reftrail.dub.calls-per-minute=0");
        JavaProcess process =
                JavaProcess.startJar(SampleShop.jar(), List.of("-Xmx256m", "-XX:+UseSerialGC"), directory, "shop.log", arguments);
        Shop shop = new Shop(process, address);
        shop.awaitReady();
        return shop;
    }

    private void awaitReady() throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            try {
                client.send(request, BodyHandlers.discarding());
                return;
            } catch (IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
        process.close();
        throw new IOException("the shop does not start, see shop.log");
    }

    URI address() {
        return address;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Connects to its platform beans, at an address that this machine has just given us. */
    @SuppressWarnings("BanJNDI")
    JMXConnector watch() throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
            try {
                return JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException failure) {
            throw new IOException("the shop cannot be watched", failure);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
