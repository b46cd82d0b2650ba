package io.reftrail.benchmarks;

import io.reftrail.backend.HttpCall;
import io.reftrail.backend.HttpReply;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.capture.CaptureRule;
import io.reftrail.delivery.DeliveryListener;
import io.reftrail.delivery.DeliverySettings;
import io.reftrail.delivery.Dispatcher;
import io.reftrail.delivery.HttpClientTransport;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.outbox.Outbox;
import io.reftrail.samples.demo.JavaProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** A tracking backend without a rate limit, whose calls are about as large as a vendor's. */
public final class StubBackend implements TrackingBackend {

    /** The backend's name. */
    public static final String NAME = "stub";

    /** The path of its endpoint. */
    public static final String PATH = "/api/track/lead";

    private final URI uri;

    /** @param uri the address of the endpoint */
    public StubBackend(URI uri) {
        this.uri = uri;
    }

    /** Returns a customer's click. */
    public static Attribution attribution(String customer) {
        return new Attribution(NAME, "click-" + customer, Instant.now());
    }

    /** Returns a customer with an address and a name. */
    public static Customer customer(String customer) {
        return Customer.of(customer).withEmail(customer + "@example.org").withName("Kim Example");
    }

    /** Returns a customer's lead. */
    public static Lead lead(String customer) {
        return Lead.of(attribution(customer), customer(customer), "Sign Up", Instant.now());
    }

    /** Returns the body of the call that reports a customer's lead. */
    public static String body(String customer) {
        return "{\"clickId\":\"click-" + customer + "\",\"eventName\":\"Sign Up\",\"customerExternalId\":\"" + customer
                + "\",\"customerEmail\":\"" + customer + "@example.org\",\"customerName\":\"Kim Example\"}";
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CaptureRule> captureRules() {
        return List.of();
    }

    @Override
    public Duration deliveryTimeout(Event event) {
        return Duration.ofDays(30);
    }

    @Override
    public HttpCall call(Event event) {
        String customer = event.customerId() == null ? "" : event.customerId();
        return new HttpCall("POST", uri, Map.of("Authorization", "Bearer key"), body(customer));
    }

    @Override
    public Outcome outcome(Event event, HttpReply reply) {
        return reply.status() == 200 ? Outcome.recorded() : Outcome.of(Verdict.RETRY, "HTTP " + reply.status());
    }

    /** A dispatcher as an application has it, which delivers the leads of an outbox to a stub backend. */
    public static final class Delivery implements AutoCloseable {

        private final HttpClientTransport transport;
        private final Dispatcher dispatcher;

        /**
         * Starts to deliver.
         *
         * @param uri the address of the endpoint
         * @param whenSettled called for each event with a final outcome
         */
        public Delivery(Outbox outbox, URI uri, DeliverySettings settings, Runnable whenSettled) {
            this.transport = new HttpClientTransport(settings, 1);
            DeliveryListener counter = new DeliveryListener() {
                @Override
                public void onSettled(Event event, Outcome outcome) {
                    whenSettled.run();
                }
            };
            this.dispatcher =
                    new Dispatcher(List.of(new StubBackend(uri)), outbox, transport, settings, counter, List.of());
            dispatcher.start();
        }

        @Override
        public void close() {
            dispatcher.close();
            transport.close();
        }
    }

    /** The endpoint in a process of its own. It reads each call and answers 200 with a small JSON document. */
    public static final class Endpoint implements AutoCloseable {

        private final JavaProcess process;
        private final URI uri;

        private Endpoint(JavaProcess process, URI uri) {
            this.process = process;
            this.uri = uri;
        }

        /** Starts the process and waits until it listens. */
        public static Endpoint start(Path directory) throws IOException {
            JavaProcess process = JavaProcess.start(
                    Endpoint.class.getName(), List.of("-Xmx256m"), directory.resolve("stub.log"), List.of());
            return new Endpoint(process, URI.create(process.readLine()));
        }

        /** Returns its address. */
        public URI uri() {
            return uri;
        }

        @Override
        public void close() {
            process.close();
        }

        /** Runs in the process: prints the address, and serves until the process is ended. */
        public static void main(String[] arguments) throws Exception {
            Server server = new Server();
            ServerConnector connector = new ServerConnector(server);
            connector.setHost("127.0.0.1");
            server.addConnector(connector);
            server.setHandler(new Answer());
            server.start();
            System.out.println("http://127.0.0.1:" + connector.getLocalPort() + PATH);
            server.join();
        }
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

    /** Apache HttpClient 5 without Reftrail: pooled connections and timeouts of 10 s. */
    public static final class PlainClient implements AutoCloseable {

        private static final Timeout TIMEOUT = Timeout.ofSeconds(10);

        private final URI uri;
        private final CloseableHttpClient client;

        /**
         * @param uri the address of the endpoint
         * @param connections the size of the pool
         */
        public PlainClient(URI uri, int connections) {
            this.uri = uri;
            this.client = HttpClients.custom()
                    .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                            .setMaxConnPerRoute(connections)
                            .setMaxConnTotal(connections)
                            .setDefaultConnectionConfig(ConnectionConfig.custom()
                                    .setConnectTimeout(TIMEOUT)
                                    .setSocketTimeout(TIMEOUT)
                                    .build())
                            .build())
                    .setDefaultRequestConfig(
                            RequestConfig.custom().setResponseTimeout(TIMEOUT).build())
                    .disableRedirectHandling()
                    .disableAutomaticRetries()
                    .disableCookieManagement()
                    .disableContentCompression()
                    .build();
        }

        /**
         * Sends a body.
         *
         * @throws IOException if the answer is not a 200 with a body
         */
        public void send(String body) throws IOException {
            HttpPost post = new HttpPost(uri);
            post.setHeader("Authorization", "Bearer key");
            post.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
            client.execute(post, response -> {
                if (response.getCode() != 200
                        || EntityUtils.toString(response.getEntity()).isEmpty()) {
                    throw new IOException("HTTP " + response.getCode());
                }
                return NAME;
            });
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }
}
