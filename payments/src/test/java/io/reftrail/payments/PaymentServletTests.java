package io.reftrail.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reftrail.outbox.UnitOfWork;
import io.reftrail.outbox.memory.InMemoryOutbox;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The endpoint on a real Tomcat: as a servlet that is given its payments, and as a web.xml declares it. */
class PaymentServletTests {

    @TempDir
    private Path directory;

    private final HttpClient stripe = HttpClient.newHttpClient();
    private final Tomcat tomcat = new Tomcat();

    @AfterEach
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }

    private Context context() {
        return context(true);
    }

    /** @param empty whether there is no web.xml */
    private Context context(boolean empty) {
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.setAddDefaultWebXmlToWebapp(false);
        if (empty) {
            return tomcat.addContext("", directory.toString());
        }
        Context context = tomcat.addWebapp("", directory.toString());
        ((StandardJarScanner) context.getJarScanner()).setScanClassPath(false);
        return context;
    }

    private HttpResponse<String> post(String payload, String signature) throws Exception {
        return post("/payments", payload, signature);
    }

    private HttpResponse<String> post(String path, String payload, String signature) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + path);
        return stripe.send(
                HttpRequest.newBuilder(uri)
                        .header("Stripe-Signature", signature)
                        .POST(BodyPublishers.ofString(payload))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String sign(String payload) {
        return StripeAccount.sign(payload, StripeAccount.SECRET, Shop.NOW);
    }

    private static String invoice() {
        return StripeAccount.of("A", Shop.NOW)
                .invoice("in_1", "subscription_create", 11900, 11900, 1900, "eur", Map.of("reftrail_customer", "anna"));
    }

    private void serve(Shop shop) throws Exception {
        Context context = context();
        Tomcat.addServlet(context, "payments", new PaymentServlet(shop.stripe.payments()));
        context.addServletMappingDecoded("/payments", "payments");
        tomcat.start();
    }

    @Test
    void answersWhatStripeExpects() throws Exception {
        try (Shop shop = new Shop().signUp("anna")) {
            serve(shop);

            assertThat(post(invoice(), sign(invoice())))
                    .matches(answer ->
                            answer.statusCode() == 200 && answer.body().equals("recorded"));
            assertThat(post(invoice(), sign(invoice())).body()).isEqualTo("repeated");
            assertThat(post("{}", sign("{}")).statusCode()).isEqualTo(200);
            assertThat(post(invoice(), "t=1,v1=0").statusCode()).isEqualTo(400);
            assertThat(post("{", sign("{"))).matches(answer -> answer.statusCode() == 400);
            String huge = " ".repeat(PaymentServlet.MAX_BODY + 1);
            assertThat(post(huge, sign(huge)).statusCode()).isEqualTo(413);
            assertThat(shop.decisions())
                    .startsWith("too-long", "unreadable", "forged", "not-a-payment", "repeated", "recorded");
            assertThat(shop.money("anna")).isEqualTo(10000);
        }
    }

    /** Bytes, not characters: a body in another encoding would have another signature. */
    @Test
    void takesTheBodyAsItIs() throws Exception {
        try (Shop shop = new Shop().signUp("anna")) {
            serve(shop);
            String payload = invoice().replace("1 x Pro", "1 × Größe 🎉\u2028");
            assertThat(post(payload, sign(payload)).statusCode()).isEqualTo(200);
            assertThat(shop.sales()).hasSize(1);
        }
    }

    @Test
    void asksStripeToTryAgainIfTheSaleCannotBeStored() throws Exception {
        try (Shop shop = new Shop(new InMemoryOutbox(1, Clock.systemUTC()), UnitOfWork.NONE, Shop.settings())) {
            shop.signUp("anna");
            serve(shop);
            assertThat(post(invoice(), sign(invoice())))
                    .matches(answer ->
                            answer.statusCode() == 500 && answer.body().equals("failed"));
        }
    }

    /** The web.xml of docs/payments.md. */
    @Test
    void isDeclaredInAWebXml() throws Exception {
        System.setProperty("STRIPE_WEBHOOK_SECRET", "whsec_old, " + StripeAccount.SECRET);
        Files.createDirectories(directory.resolve("WEB-INF"));
        try (InputStream descriptor = PaymentServletTests.class.getResourceAsStream("/web.xml")) {
            Files.copy(Objects.requireNonNull(descriptor), directory.resolve("WEB-INF/web.xml"));
        }
        context(false);
        tomcat.start();

        String live = invoice().replace("\"livemode\": false,\n \"pending", "\"livemode\": true,\n \"pending");
        String header = StripeAccount.sign(live, StripeAccount.SECRET, Instant.now());
        assertThat(post("/reftrail/payments/stripe", live, header))
                .matches(answer -> answer.statusCode() == 200 && answer.body().equals("recorded"));
        String other = StripeAccount.sign(invoice(), StripeAccount.SECRET, Instant.now());
        assertThat(post("/reftrail/payments/stripe", invoice(), other).body()).isEqualTo("other-mode");
    }

    @Test
    void withoutASecretTheApplicationDoesNotTakePayments() throws Exception {
        try (Shop shop = new Shop()) {
            Context context = context();
            context.getServletContext().setAttribute(io.reftrail.Reftrail.class.getName(), shop.reftrail);
            Wrapper servlet = Tomcat.addServlet(context, "payments", PaymentServlet.class.getName());
            servlet.setLoadOnStartup(1);
            context.addServletMappingDecoded("/payments", "payments");
            tomcat.start();

            assertThat(context.getState()).isEqualTo(LifecycleState.STARTED);
            assertThatThrownBy(servlet::load).hasRootCauseMessage(rootCause());
        }
    }

    private static String rootCause() {
        try {
            StripePayments.Settings.of();
            return "";
        } catch (RuntimeException invalid) {
            return String.valueOf(invalid.getMessage());
        }
    }
}
