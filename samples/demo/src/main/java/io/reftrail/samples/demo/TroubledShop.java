package io.reftrail.samples.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.h2.tools.Server;

/** A second shop with parts that can be broken, and with its outbox in a database server that can be stopped. */
final class TroubledShop implements AutoCloseable {

    private final URI address;
    private final int ledgerPort;
    private Server ledger;
    private final JavaProcess process;
    private final HttpClient client = HttpClient.newHttpClient();

    private TroubledShop(URI address, int ledgerPort, Server ledger, JavaProcess process) {
        this.address = address;
        this.ledgerPort = ledgerPort;
        this.ledger = ledger;
        this.process = process;
    }

    /** Begins to start the shop. It reports to the same sandbox as the other one. */
    static TroubledShop start(FreePorts ports, URI sandbox, String... options) throws IOException {
        int ledgerPort = ports.any();
        Server ledger = listen(ledgerPort);
        try {
            int port = ports.any();
            List<String> arguments = new ArrayList<>(List.of(options));
            arguments.add("--spring.profiles.active=trouble");
            arguments.add("--reftrail.console.enabled=false");
            arguments.add("--server.port=" + port);
            arguments.add("--sandbox-url=" + sandbox);
            arguments.add("--shop.ledger-url=jdbc:h2:tcp://localhost:" + ledgerPort + "/mem:ledger;DB_CLOSE_DELAY=-1");
            JavaProcess process = RunningDemo.start("spring-boot-app", "demo-trouble", arguments);
            return new TroubledShop(URI.create("http://localhost:" + port), ledgerPort, ledger, process);
        } catch (IOException failure) {
            ledger.stop();
            throw failure;
        }
    }

    private static Server listen(int port) throws IOException {
        try {
            return Server.createTcpServer("-tcpPort", String.valueOf(port), "-ifNotExists")
                    .start();
        } catch (SQLException failure) {
            throw new IOException("the ledger's database does not start", failure);
        }
    }

    void awaitReady() throws IOException, InterruptedException {
        process.awaitReady(address);
    }

    URI address() {
        return address;
    }

    String log() throws IOException {
        return process.log();
    }

    /** Returns how often the log says that a lead listener has failed. */
    long listenerFailures() throws IOException {
        return log().lines()
                .filter(line -> line.contains("The listener ") && line.contains(" failed"))
                .count();
    }

    /** Cuts the connections to the ledger's database and accepts none. */
    void stopLedger() {
        ledger.stop();
    }

    /** Accepts connections to the ledger's database again, with the data from before. */
    void startLedger() throws IOException {
        ledger = listen(ledgerPort);
    }

    /** Makes a part of the shop throw. */
    void breakPart(String part) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(address.resolve("/trouble/" + part)).PUT(BodyPublishers.noBody()));
    }

    void mend(String part) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(address.resolve("/trouble/" + part)).DELETE());
    }

    private void send(HttpRequest.Builder request) throws IOException, InterruptedException {
        int status = client.send(request.build(), BodyHandlers.discarding()).statusCode();
        if (status != 200) {
            throw new IOException("the troubled shop answers " + status);
        }
    }

    @Override
    public void close() {
        process.close();
        ledger.stop();
    }
}
