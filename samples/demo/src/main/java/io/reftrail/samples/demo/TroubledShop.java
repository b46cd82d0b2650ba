package io.reftrail.samples.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/** The shop once more, with parts that can be broken and with its ledger in a database that can be stopped. */
final class TroubledShop implements AutoCloseable {

    private final URI address;
    private final LedgerServer ledger;
    private final ChildProcess process;
    private final HttpClient client = HttpClient.newHttpClient();

    private TroubledShop(URI address, LedgerServer ledger, ChildProcess process) {
        this.address = address;
        this.ledger = ledger;
        this.process = process;
    }

    /** Begins to start it; what it reports goes to the same sandbox. */
    static TroubledShop start(FreePorts ports, URI sandbox, String... options) throws IOException {
        LedgerServer ledger = LedgerServer.start(ports.any());
        try {
            int port = ports.any();
            URI address = URI.create("http://localhost:" + port);
            List<String> arguments = new ArrayList<>(List.of(options));
            arguments.add("--spring.profiles.active=trouble");
            arguments.add("--server.port=" + port);
            arguments.add("--sandbox-url=" + sandbox);
            arguments.add("--shop.ledger-url=" + ledger.url());
            ChildProcess process = ChildProcess.start(
                    RunningDemo.module("spring-boot-app"), "demo-trouble", address, arguments.toArray(String[]::new));
            return new TroubledShop(address, ledger, process);
        } catch (IOException failure) {
            ledger.close();
            throw failure;
        }
    }

    void awaitReady() throws IOException, InterruptedException {
        process.awaitReady();
    }

    URI address() {
        return address;
    }

    String log() throws IOException {
        return process.log();
    }

    LedgerServer ledger() {
        return ledger;
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
            throw new IOException("the shop in trouble answers " + status);
        }
    }

    @Override
    public void close() {
        process.close();
        ledger.close();
    }
}
