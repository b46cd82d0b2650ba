package io.reftrail.spring.boot;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.reftrail.delivery.SendObserver;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.model.RedactedFailure;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;

/**
 * An observer that makes an observation {@code reftrail.send} of each send. Its key values name the backend and the outcome and
 * contain no personal data. If an observation handler throws, the event is still sent once.
 */
final class ObservedSends implements SendObserver {

    private static final Logger logger = LoggerFactory.getLogger(ObservedSends.class);

    private final ObjectProvider<ObservationRegistry> registries;

    ObservedSends(ObjectProvider<ObservationRegistry> registries) {
        this.registries = registries;
    }

    @Override
    public Outcome observe(Event event, Supplier<Outcome> send) {
        ObservationRegistry registry = registry();
        Observation observation = Observation.createNotStarted("reftrail.send", registry)
                .contextualName("reftrail send " + event.backend())
                .lowCardinalityKeyValue("backend", event.backend())
                .lowCardinalityKeyValue("outcome", "none");
        Observation.@Nullable Scope before = registry.getCurrentObservationScope();
        quietly(observation::start);
        quietly(observation::openScope);
        try {
            Outcome outcome = send.get();
            quietly(() -> observation.lowCardinalityKeyValue("outcome", name(outcome.verdict())));
            return outcome;
        } catch (RuntimeException | Error failure) {
            quietly(() -> observation.error(RedactedFailure.of(failure)));
            throw failure;
        } finally {
            close(registry, before);
            quietly(observation::stop);
        }
    }

    private ObservationRegistry registry() {
        try {
            return registries.getIfUnique(() -> ObservationRegistry.NOOP);
        } catch (RuntimeException closing) {
            return ObservationRegistry.NOOP;
        }
    }

    /** Closes the scope even if a handler fails, because the thread sends other events. */
    private static void close(ObservationRegistry registry, Observation.@Nullable Scope before) {
        Observation.Scope scope = registry.getCurrentObservationScope();
        if (scope != null && scope != before) {
            quietly(scope::close);
            registry.setCurrentObservationScope(before);
        }
    }

    private static String name(Outcome.Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }

    private static void quietly(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException failure) {
            logger.debug("An observation handler failed", RedactedFailure.of(failure));
        }
    }
}
