package io.example.signup;

import static org.awaitility.Awaitility.await;

import io.reftrail.LeadListener;
import io.reftrail.Reftrail;
import io.reftrail.backend.HttpCall;
import io.reftrail.backend.HttpReply;
import io.reftrail.delivery.HttpTransport;
import io.reftrail.outbox.Outbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The shop behind a real port, with a database, and a backend that records what it is told. */
final class SignUpShop implements AutoCloseable {

    final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<String> reported = new CopyOnWriteArrayList<>();
    private final HttpClient browser = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;

    SignUpShop(String store) {
        context = new SpringApplicationBuilder(SignUpShopConfiguration.class)
                .initializers((GenericApplicationContext beans) -> {
                    beans.registerBean("backend", HttpTransport.class, Backend::new);
                    beans.registerBean(
                            "listener",
                            LeadListener.class,
                            () -> (name, status) -> heard.add(status
                                    + (TransactionSynchronizationManager.isActualTransactionActive()
                                            ? " inside"
                                            : " outside")));
                })
                .run(
                        "--server.port=0",
                        "--spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1",
                        "--spring.sql.init.mode=always",
                        "--spring.sql.init.schema-locations=classpath:org/springframework/security/core/userdetails/jdbc/users.ddl",
                        "--reftrail.introw.api-key=key",
                        "--reftrail.lead.trigger=sign-up",
                        "--reftrail.outbox.store=" + store);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Sends a form, with a partner's click in the cookies unless they are given. */
    HttpResponse<String> post(String path, String form, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return browser.send(request.build(), BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /** Waits until all that is committed is delivered, and returns the calls with a text in their body. */
    List<String> reported(String text) {
        Outbox outbox = bean(Reftrail.class).operations().outbox();
        await().until(() -> outbox.depth("introw") == 0);
        return reported.stream().filter(body -> body.contains(text)).toList();
    }

    private final class Backend implements HttpTransport {

        @Override
        public HttpReply send(HttpCall call) {
            reported.add(call.body());
            return new HttpReply(201, null, "{\"status\":\"recorded\"}", Instant.now());
        }

        @Override
        public void close() {}
    }

    @Override
    public void close() {
        context.close();
    }
}
