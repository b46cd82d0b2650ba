package io.reftrail.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reftrail.LeadReport;
import io.reftrail.LeadStatus;
import io.reftrail.Reftrail;
import io.reftrail.backend.HttpReply;
import io.reftrail.delivery.HttpTransport;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class ReftrailMetricsTests {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final HttpTransport transport = Mockito.mock();
    private final WebApplicationContextRunner web = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ReftrailOutboxAutoConfiguration.class,
                    ReftrailAutoConfiguration.class,
                    ReftrailMetricsAutoConfiguration.class,
                    ReftrailFilterAutoConfiguration.class))
            .withBean(SimpleMeterRegistry.class, () -> meters)
            .withBean(HttpTransport.class, () -> transport)
            .withPropertyValues("reftrail.introw.api-key=key", "reftrail.outbox.store=memory");

    private Callable<Double> count(String name, String... tags) {
        return () -> meters.counter(
                        name,
                        Stream.concat(Stream.of("backend", "introw"), Stream.of(tags))
                                .toArray(String[]::new))
                .count();
    }

    @Test
    void countsALeadAndItsDelivery() throws Exception {
        Mockito.when(transport.send(Mockito.any()))
                .thenReturn(new HttpReply(201, null, "{\"status\":\"recorded\"}", Instant.now()));
        web.run(context -> {
            LeadReport report =
                    context.getBean(Reftrail.class).lead(new Attribution("introw", "aff_1", null), Customer.of("u-7"));
            assertThat(report.status("introw")).isEqualTo(LeadStatus.ENQUEUED);
            await().until(count("reftrail.leads", "status", "enqueued"), Double.valueOf(1)::equals);
            await().until(
                            count("reftrail.deliveries", "event", "lead", "outcome", "recorded"),
                            Double.valueOf(1)::equals);
        });
    }

    @Test
    void countsEachDecisionWithItsStageAndReason() {
        web.run(context -> {
            context.getBean(Reftrail.class).lead(new Attribution("introw", "aff_1", null), Customer.of("u-7"));
            context.getBean(Reftrail.class).rememberSignIn(Customer.of("u-8"));
            assertThat(count("reftrail.decisions", "stage", "lead", "reason", "enqueued")
                            .call())
                    .isOne();
            assertThat(meters.counter(
                                    "reftrail.decisions", "backend", "none", "stage", "sign-in", "reason", "no-request")
                            .count())
                    .isOne();
        });
    }

    @Test
    void countsASale() {
        web.withPropertyValues("reftrail.introw.conversion=sale").run(context -> {
            Reftrail reftrail = context.getBean(Reftrail.class);
            reftrail.lead(new Attribution("introw", "aff_1", null), Customer.of("u-7"));
            reftrail.sale("u-7", BigDecimal.TEN, "EUR", "inv-1");
            reftrail.sale("u-7", BigDecimal.TEN, "EUR", "inv-1");
            reftrail.sale("u-8", BigDecimal.TEN, "EUR", "inv-2");

            assertThat(count("reftrail.sales", "status", "enqueued").call()).isOne();
            assertThat(count("reftrail.sales", "status", "duplicate").call()).isOne();
        });
    }

    @Test
    void countsWhatBecameOfCapturedParameters() {
        Map<String, String> results = Map.of("aff_1", "captured", "", "empty", "a%22b", "invalid-character");
        web.run(context -> {
            for (Map.Entry<String, String> result : results.entrySet()) {
                MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
                request.setQueryString("irw_id=" + result.getKey());
                Objects.requireNonNull(
                                context.getBean(FilterRegistrationBean.class).getFilter())
                        .doFilter(request, new MockHttpServletResponse(), new MockFilterChain());
                assertThat(count("reftrail.captures", "result", result.getValue())
                                .call())
                        .isEqualTo(1);
            }
        });
    }
}
