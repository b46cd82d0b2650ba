package io.reftrail.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.Reftrail;
import io.reftrail.backend.introw.IntrowBackend;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;

/** The starter in an application of Spring WebFlux. */
class ReactiveApplicationTests {

    private final ReactiveWebApplicationContextRunner application = new ReactiveWebApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(ReftrailOutboxAutoConfiguration.class, ReftrailAutoConfiguration.class))
            .withPropertyValues("reftrail.introw.api-key=key", "reftrail.outbox.store=memory");

    @Test
    void doesNotStartAndSaysThatItNeedsServlets() {
        application.run(context -> {
            assertThat(context).hasFailed();
            FailureAnalysis analysis =
                    new ReftrailFailureAnalyzer().analyze(Objects.requireNonNull(context.getStartupFailure()));
            assertThat(analysis).isNotNull();
            assertThat(analysis.getDescription())
                    .contains("needs a servlet application")
                    .contains("WebFlux");
            assertThat(analysis.getAction()).contains("reftrail.enabled=false");
        });
    }

    @Test
    void startsWhereReftrailIsSwitchedOff() {
        application
                .withPropertyValues("reftrail.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Reftrail.class));
    }

    @Test
    void startsWithoutABackend() {
        application.withPropertyValues("reftrail.introw.api-key=").run(context -> assertThat(context)
                .hasNotFailed());
    }

    @Test
    void startsWithAReftrailOfTheApplication() {
        application
                .withBean(Reftrail.class, () -> Reftrail.builder()
                        .backend(IntrowBackend.of("key"))
                        .build())
                .run(context -> assertThat(context).hasNotFailed());
    }
}
