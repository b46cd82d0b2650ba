package io.reftrail.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reftrail.Reftrail;
import io.reftrail.delivery.QueueStatus;
import io.reftrail.delivery.QueueStatus.State;
import io.reftrail.outbox.Backlog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Mockito;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ReftrailGaugesTests {

    private final Reftrail reftrail = Mockito.mock(Reftrail.class, Mockito.RETURNS_DEEP_STUBS);
    private final RecentBacklogs backlogs = Mockito.mock();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final ReftrailGauges gauges = new ReftrailGauges(reftrail, backlogs);

    private void bind(State state) {
        Mockito.when(reftrail.backends()).thenReturn(List.of("introw"));
        Mockito.when(reftrail.operations().queues())
                .thenReturn(List.of(new QueueStatus("introw", state, Duration.ZERO, "", 3)));
        gauges.bindTo(meters);
    }

    private double value(String name) {
        return meters.get(name).tag("backend", "introw").gauge().value();
    }

    @Test
    void showsWhatWaits() {
        Mockito.when(backlogs.of("introw")).thenReturn(new Backlog(7, Duration.ofMillis(90_500), 2, 4));
        bind(State.RUNNING);
        assertThat(value("reftrail.outbox.waiting")).isEqualTo(7);
        assertThat(value("reftrail.outbox.dead")).isEqualTo(2);
        assertThat(value("reftrail.outbox.held")).isEqualTo(4);
        assertThat(value("reftrail.delivery.in.flight")).isEqualTo(3);
        TimeGauge age = meters.get("reftrail.outbox.oldest.age").timeGauge();
        assertThat(age.value(TimeUnit.SECONDS)).isEqualTo(90.5);
    }

    @ParameterizedTest
    @CsvSource({"RUNNING, 0", "PAUSED, 1", "PAUSED_FOR_CREDENTIALS, 2"})
    void showsWhatRests(State state, double value) {
        bind(state);
        assertThat(value("reftrail.delivery.paused")).isEqualTo(value);
    }

    @Test
    void whatIsUnknownIsNotANumber() {
        bind(State.RUNNING);
        Mockito.when(reftrail.operations().queues()).thenReturn(List.of());
        assertThat(value("reftrail.outbox.waiting")).isNaN();
        assertThat(value("reftrail.outbox.oldest.age")).isNaN();
        assertThat(value("reftrail.outbox.dead")).isNaN();
        assertThat(value("reftrail.delivery.in.flight")).isNaN();
    }

    @Test
    void eachRegistryOfTheApplicationHasThem() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        MetricsAutoConfiguration.class,
                        CompositeMeterRegistryAutoConfiguration.class,
                        ReftrailOutboxAutoConfiguration.class,
                        ReftrailAutoConfiguration.class,
                        ReftrailMetricsAutoConfiguration.class))
                .withBean("one", SimpleMeterRegistry.class)
                .withBean("two", SimpleMeterRegistry.class)
                .withPropertyValues("reftrail.introw.api-key=key", "reftrail.outbox.store=memory")
                .run(context -> {
                    for (String registry : List.of("one", "two")) {
                        assertThat(context.getBean(registry, MeterRegistry.class)
                                        .get("reftrail.outbox.waiting")
                                        .gauge()
                                        .value())
                                .isZero();
                    }
                });
    }
}
