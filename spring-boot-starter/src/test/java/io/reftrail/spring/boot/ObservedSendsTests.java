package io.reftrail.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.reftrail.model.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class ObservedSendsTests {

    private final ObservationRegistry registry = ObservationRegistry.create();
    private final ObservedSends sends = observing(registry);
    private final List<String> seen = new ArrayList<>();

    private static ObservedSends observing(ObservationRegistry registry) {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean("registry", registry);
        return new ObservedSends(
                beans.getBeanProvider(ObservationRegistry.class),
                beans.getBeanProvider(SendObservation.Convention.class));
    }

    private Outcome send(Outcome outcome) {
        return sends.observe(TestLeads.lead("introw", "kim"), () -> {
            seen.add(String.valueOf(registry.getCurrentObservation() != null));
            return outcome;
        });
    }

    private final class Recorder implements ObservationHandler<Observation.Context> {

        @Override
        public void onStop(Observation.Context context) {
            seen.add(context.getName());
            seen.add(String.valueOf(context.getContextualName()));
            context.getAllKeyValues().stream().map(KeyValue::toString).forEach(seen::add);
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }
    }

    @Test
    void namesTheBackendAndTheOutcomeAndNobody() {
        registry.observationConfig().observationHandler(new Recorder());
        Outcome outcome = Outcome.pause(Duration.ofMinutes(1), "busy");
        assertThat(send(outcome)).isSameAs(outcome);
        assertThat(seen)
                .containsExactly(
                        "true",
                        "reftrail.send",
                        "reftrail send introw",
                        "keyValue(backend=introw)",
                        "keyValue(outcome=pause)");
        assertThat(registry.getCurrentObservationScope()).isNull();
    }

    @Test
    void aConventionOfTheApplicationReplacesTheNameAndTheKeyValues() {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean("registry", registry);
        beans.addBean("convention", new SendObservation.Convention() {
            @Override
            public String getName() {
                return "partner.call";
            }

            @Override
            public KeyValues getLowCardinalityKeyValues(SendObservation.Context context) {
                return KeyValues.of("kind", context.type().name(), "verdict", String.valueOf(context.verdict()));
            }
        });
        registry.observationConfig().observationHandler(new Recorder());
        new ObservedSends(
                        beans.getBeanProvider(ObservationRegistry.class),
                        beans.getBeanProvider(SendObservation.Convention.class))
                .observe(TestLeads.lead("introw", "kim"), () -> Outcome.recorded());
        assertThat(seen).containsExactly("partner.call", "null", "keyValue(kind=LEAD)", "keyValue(verdict=RECORDED)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"onStart", "onScopeOpened", "onScopeClosed", "onStop"})
    void aHandlerThatFailsDisturbsNoSendAndNoLaterOne(String where) {
        registry.observationConfig().observationHandler(new Failing(where));
        AtomicInteger sent = new AtomicInteger();
        Outcome outcome = sends.observe(TestLeads.lead("introw", "kim"), () -> {
            sent.incrementAndGet();
            return Outcome.recorded();
        });
        assertThat(outcome).isEqualTo(Outcome.recorded());
        assertThat(sent).hasValue(1);
        assertThat(registry.getCurrentObservationScope()).isNull();
    }

    private record Failing(String where) implements ObservationHandler<Observation.Context> {

        private void fail(String here) {
            if (here.equals(where)) {
                throw new IllegalStateException(here);
            }
        }

        @Override
        public void onStart(Observation.Context context) {
            fail("onStart");
        }

        @Override
        public void onScopeOpened(Observation.Context context) {
            fail("onScopeOpened");
        }

        @Override
        public void onScopeClosed(Observation.Context context) {
            fail("onScopeClosed");
        }

        @Override
        public void onStop(Observation.Context context) {
            fail("onStop");
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }
    }

    @Test
    void aSendThatFailsFailsAsItWouldUnobserved() {
        IllegalStateException defect = new IllegalStateException("kim@example.com");
        assertThatThrownBy(() -> sends.observe(TestLeads.lead("introw", "kim"), () -> {
                    throw defect;
                }))
                .isSameAs(defect);
        assertThat(registry.getCurrentObservationScope()).isNull();
    }

    @Test
    void withoutARegistryTheEventIsSent() {
        StaticListableBeanFactory none = new StaticListableBeanFactory();
        ObservedSends unobserved = new ObservedSends(
                none.getBeanProvider(ObservationRegistry.class),
                none.getBeanProvider(SendObservation.Convention.class));
        assertThat(unobserved.observe(TestLeads.lead("introw", "kim"), Outcome::recorded))
                .isEqualTo(Outcome.recorded());
    }
}
