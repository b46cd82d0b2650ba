package io.reftrail.benchmarks.kill;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;

/** The backend of the victims: remembers which customers it was told of. */
final class Receiver implements AutoCloseable {

    private static final Pattern CUSTOMER = Pattern.compile("\"customerExternalId\":\"([^\"]+)\"");

    private final Set<String> customers = ConcurrentHashMap.newKeySet();
    private final AtomicLong calls = new AtomicLong();
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    Receiver() {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Answer());
        LifeCycle.start(server);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/api/track/lead");
    }

    boolean knows(String customer) {
        return customers.contains(customer);
    }

    long calls() {
        return calls.get();
    }

    /** How many calls were about a customer who was known. */
    long duplicates() {
        return calls.get() - customers.size();
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
    }

    private final class Answer extends Handler.Abstract {

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            Matcher customer = CUSTOMER.matcher(Content.Source.asString(request, StandardCharsets.UTF_8));
            if (customer.find()) {
                customers.add(customer.group(1));
                calls.incrementAndGet();
            }
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
            response.write(true, ByteBuffer.wrap("{}".getBytes(StandardCharsets.UTF_8)), callback);
            return true;
        }
    }
}
