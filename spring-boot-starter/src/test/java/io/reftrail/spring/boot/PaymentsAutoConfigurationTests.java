package io.reftrail.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.net.Webhook;
import io.reftrail.Reftrail;
import io.reftrail.delivery.HttpTransport;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.Decision;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.memory.InMemoryOutbox;
import io.reftrail.payments.CheckoutCustomizer;
import io.reftrail.payments.PaddlePayments;
import io.reftrail.payments.StripePayments;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/** The webhook in an application with one dependency and one property, behind Spring Security as Spring Boot sets it up. */
@ExtendWith(OutputCaptureExtension.class)
class PaymentsAutoConfigurationTests {

    private static final String SECRET = "whsec_of_the_tests";

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Shop {}

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static ConfigurableApplicationContext start(String... properties) {
        return new SpringApplicationBuilder(Shop.class)
                .initializers((GenericApplicationContext context) -> {
                    context.registerBean("outbox", Outbox.class, () -> new InMemoryOutbox());
                    context.registerBean("transport", HttpTransport.class, () -> new UnreachableTransport());
                })
                .run(args(properties));
    }

    private static String[] args(String... properties) {
        String[] always = {
            "--server.port=0",
            "--management.health.ldap.enabled=false",
            "--reftrail.affonso.api-key=key",
            "--reftrail.affonso.program-id=program",
            "--reftrail.delivery.shutdown-timeout=0s"
        };
        String[] all = java.util.Arrays.copyOf(always, always.length + properties.length);
        for (int index = 0; index < properties.length; index++) {
            all[always.length + index] = "--" + properties[index];
        }
        return all;
    }

    private static int post(ConfigurableApplicationContext shop, String path, String payload, String secret)
            throws Exception {
        long now = Instant.now().getEpochSecond();
        String signature = "t=" + now + ",v1=" + Webhook.Util.computeHmacSha256(secret, now + "." + payload);
        return CLIENT.send(
                        HttpRequest.newBuilder(uri(shop, path))
                                .header("Stripe-Signature", signature)
                                .POST(BodyPublishers.ofString(payload))
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
    }

    private static URI uri(ConfigurableApplicationContext shop, String path) {
        return URI.create("http://127.0.0.1:" + shop.getEnvironment().getProperty("local.server.port") + path);
    }

    private static String invoice() {
        return """
                {"id": "evt_1", "object": "event", "created": %d, "livemode": false, "type": "invoice.paid", "data": {"object":
                 {"id": "in_1", "object": "invoice", "status": "paid", "amount_paid": 11900, "total": 11900, "currency": "eur",
                  "customer": "cus_1", "billing_reason": "manual", "metadata": {"reftrail_customer": "anna"},
                  "total_taxes": [{"amount": 1900}], "lines": {"data": []}}}}""".formatted(Instant.now().getEpochSecond());
    }

    @Test
    void oneDependencyAndOnePropertyTurnAWebhookIntoASale(CapturedOutput output) throws Exception {
        try (ConfigurableApplicationContext shop =
                start("reftrail.payments.stripe.webhook-secret=" + SECRET, "reftrail.payments.stripe.mode=test")) {
            Reftrail reftrail = shop.getBean(Reftrail.class);
            reftrail.lead(new Attribution("affonso", "click", Instant.now()), Customer.of("anna"));

            assertThat(post(shop, "/reftrail/payments/stripe", invoice(), SECRET))
                    .isEqualTo(200);
            assertThat(post(shop, "/reftrail/payments/stripe", invoice(), "whsec_other"))
                    .isEqualTo(400);

            assertThat(reftrail.operations().recentDecisions())
                    .filteredOn(decision -> decision.stage() == Decision.Stage.SALE)
                    .extracting(Decision::reason)
                    .containsExactly("enqueued");
            assertThat(output).contains("Payments are taken at POST [/reftrail/payments/stripe] in test mode");
        }
    }

    /** Our chain must not be the reason that Spring Boot protects nothing else. */
    @Test
    void theRestOfTheApplicationStaysProtected() throws Exception {
        try (ConfigurableApplicationContext shop = start("reftrail.payments.stripe.webhook-secret=" + SECRET)) {
            for (String path :
                    new String[] {"/", "/reftrail/payments/stripe/more", "/reftrail/payments", "/actuator/info"}) {
                assertThat(CLIENT.send(HttpRequest.newBuilder(uri(shop, path)).build(), BodyHandlers.ofString())
                                .statusCode())
                        .as(path)
                        .isIn(401, 302);
            }
            assertThat(CLIENT.send(
                                    HttpRequest.newBuilder(uri(shop, "/reftrail/payments/stripe"))
                                            .build(),
                                    BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(405);
        }
    }

    @Test
    void thePathIsAPropertyAndSecretsRotate() throws Exception {
        try (ConfigurableApplicationContext shop = start(
                "reftrail.payments.stripe.webhook-secret=whsec_new," + SECRET,
                "reftrail.payments.stripe.mode=test",
                "reftrail.payments.stripe.path=/hooks/stripe")) {
            assertThat(post(shop, "/hooks/stripe", invoice(), SECRET)).isEqualTo(200);
            assertThat(post(shop, "/hooks/stripe", invoice(), "whsec_new")).isEqualTo(200);
            assertThat(post(shop, "/reftrail/payments/stripe", invoice(), SECRET))
                    .isIn(401, 403);
        }
    }

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ReftrailOutboxAutoConfiguration.class,
                    ReftrailAutoConfiguration.class,
                    ReftrailPaymentsAutoConfiguration.class))
            .withPropertyValues(
                    "reftrail.affonso.api-key=key",
                    "reftrail.affonso.program-id=program",
                    "reftrail.outbox.store=memory");

    @Test
    void withoutASecretThereIsNoWebhook() {
        runner.run(shop -> assertThat(shop)
                .hasNotFailed()
                .doesNotHaveBean(StripePayments.class)
                .doesNotHaveBean(PaddlePayments.class)
                .doesNotHaveBean("reftrailPaymentsSecurityFilterChain")
                .hasSingleBean(CheckoutCustomizer.class));
    }

    @Test
    void aWebhookOfTheApplicationsOwnNeedsNoEndpoint() {
        runner.withPropertyValues("reftrail.payments.stripe.webhook-secret=" + SECRET, "reftrail.payments.stripe.path=")
                .run(shop -> {
                    assertThat(shop).hasSingleBean(StripePayments.class);
                    assertThat(shop.getBean("reftrailStripeWebhook"))
                            .extracting("enabled")
                            .isEqualTo(false);
                });
    }

    @Test
    void paddleHasItsOwnWebhook() {
        runner.withPropertyValues("reftrail.payments.paddle.webhook-secret=pdl_ntfset_x")
                .run(shop -> assertThat(shop)
                        .hasSingleBean(PaddlePayments.class)
                        .hasBean("reftrailPaddleWebhook")
                        .doesNotHaveBean(StripePayments.class));
    }

    @Test
    void aSecretWithoutTheModuleFailsTheStart() {
        runner.withPropertyValues("reftrail.payments.stripe.webhook-secret=" + SECRET)
                .withClassLoader(new FilteredClassLoader("io.reftrail.payments"))
                .run(shop -> assertThat(shop.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("nothing takes its payments"));
        runner.withClassLoader(new FilteredClassLoader("io.reftrail.payments"))
                .run(shop -> assertThat(shop).hasNotFailed());
    }

    @Test
    void theStartWarnsIfNoBackendTakesPaymentsFromUs(CapturedOutput output) {
        runner.withPropertyValues(
                        "reftrail.payments.stripe.webhook-secret=" + SECRET, "reftrail.affonso.sales=checkout")
                .run(
                        shop -> assertThat(output)
                                .contains(
                                        "The webhook of stripe is active, but no backend takes payments from Reftrail: affonso"));
    }

    @Test
    void noSecretIsShown() {
        runner.withPropertyValues("reftrail.payments.stripe.webhook-secret=" + SECRET)
                .run(shop -> assertThat(shop.getBean(ReftrailProperties.class).toString())
                        .doesNotContain(SECRET));
    }
}
