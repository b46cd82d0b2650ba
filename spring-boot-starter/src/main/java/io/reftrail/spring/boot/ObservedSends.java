package io.reftrail.spring.boot;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.reftrail.delivery.SendObserver;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.model.RedactedFailure;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;

/**
 * An observer that creates an observation {@link SendObservation#SEND} for each send. Whatever an observation handler throws, the
 * event is sent once and keeps its outcome.
 */
final class ObservedSends implements SendObserver {

    private static final Logger logger = LoggerFactory.getLogger(ObservedSends.class);

    private static final SendObservation.Convention DEFAULT = new SendObservation.DefaultConvention();

    private final ObjectProvider<ObservationRegistry> registries;
    private final ObjectProvider<SendObservation.Convention> conventions;

    ObservedSends(
            ObjectProvider<ObservationRegistry> registries, ObjectProvider<SendObservation.Convention> conventions) {
        this.registries = registries;
        this.conventions = conventions;
    }

    @Override
    public Outcome observe(Event event, Supplier<Outcome> send) {
        ObservationRegistry registry = available(registries, ObservationRegistry.NOOP);
        SendObservation.Context context = new SendObservation.Context(event.backend(), event.type());
        Observation observation =
                SendObservation.SEND.observation(available(conventions, DEFAULT), DEFAULT, () -> context, registry);
        Observation.@Nullable Scope before = registry.getCurrentObservationScope();
        quietly(observation::start);
        quietly(observation::openScope);
        try {
            Outcome outcome = send.get();
            context.verdict(outcome.verdict());
            return outcome;
        } catch (RuntimeException | Error failure) {
            quietly(() -> observation.error(RedactedFailure.of(failure)));
            throw failure;
        } finally {
            close(registry, before);
            quietly(observation::stop);
        }
    }

    /** Returns the only bean, or a default if there is none or the context is closing. */
    private static <T> T available(ObjectProvider<T> beans, T otherwise) {
        try {
            return beans.getIfUnique(() -> otherwise);
        } catch (RuntimeException closing) {
            return otherwise;
        }
    }

    /** Closes the scope even if a handler fails, because the thread sends other events afterwards. */
    private static void close(ObservationRegistry registry, Observation.@Nullable Scope before) {
        Observation.Scope scope = registry.getCurrentObservationScope();
        if (scope != null && scope != before) {
            quietly(scope::close);
            registry.setCurrentObservationScope(before);
        }
    }

    private static void quietly(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException failure) {
            logger.debug("An observation handler failed", RedactedFailure.of(failure));
        }
    }
}
