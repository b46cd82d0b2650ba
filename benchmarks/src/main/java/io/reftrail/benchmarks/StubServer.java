package io.reftrail.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** A backend in a process of its own that reads each call and answers 200 with a little JSON, as fast as it can. */
public final class StubServer implements AutoCloseable {

    private final JavaProcess process;
    private final URI uri;

    private StubServer(JavaProcess process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /** Starts the process and waits until it listens. */
    public static StubServer start(Path directory) throws IOException {
        JavaProcess process =
                JavaProcess.start(StubServer.class.getName(), List.of("-Xmx256m"), directory, "stub.log", List.of());
        try {
            BufferedReader output = process.output();
            return new StubServer(process, URI.create(output.readLine()));
        } catch (IOException | RuntimeException failure) {
            process.close();
            throw failure;
        }
    }

    /** Where to send to. */
    public URI uri() {
        return uri;
    }

    @Override
    public void close() {
        process.close();
    }

    /** The process itself: prints its address and serves until it is ended. */
    public static void main(String[] arguments) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Answer());
        server.start();
        System.out.println("http://127.0.0.1:" + connector.getLocalPort() + "/api/track/lead");
        server.join();
    }

    private static final class Answer extends Handler.Abstract {

        private static final byte[] BODY = "{\"recorded\":true}".getBytes(StandardCharsets.UTF_8);

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            Content.Source.consumeAll(
                    request,
                    Callback.from(
                            () -> {
                                response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
                                response.write(true, ByteBuffer.wrap(BODY), callback);
                            },
                            callback::failed));
            return true;
        }
    }
}
