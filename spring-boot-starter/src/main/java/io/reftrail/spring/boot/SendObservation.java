package io.reftrail.spring.boot;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The observations of sends. Their key values name the backend and the outcome, and never a person. */
public enum SendObservation implements ObservationDocumentation {

    /** One call to a backend. */
    SEND {
        @Override
        public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
            return DefaultConvention.class;
        }

        @Override
        public io.micrometer.common.docs.KeyName[] getLowCardinalityKeyNames() {
            return KeyName.values();
        }
    };

    /** The key values of a send. */
    public enum KeyName implements io.micrometer.common.docs.KeyName {
        /** The name of the backend. */
        BACKEND,
        /** The verdict of the backend, or {@code none} if the send failed. */
        OUTCOME;

        @Override
        public String asString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The context of a send. Contains no personal data. */
    public static final class Context extends Observation.Context {

        private final String backend;
        private final Event.Type type;
        private Outcome.@Nullable Verdict verdict;

        Context(String backend, Event.Type type) {
            this.backend = backend;
            this.type = type;
        }

        /** Returns the name of the backend. */
        public String backend() {
            return backend;
        }

        /** Returns the kind of event. */
        public Event.Type type() {
            return type;
        }

        /** Returns the verdict of the backend, or {@code null} while there is none. */
        public Outcome.@Nullable Verdict verdict() {
            return verdict;
        }

        void verdict(Outcome.Verdict verdict) {
            this.verdict = verdict;
        }
    }

    /** A convention for the name and the key values of a send. Register a bean to replace the default. */
    public interface Convention extends ObservationConvention<Context> {

        @Override
        default boolean supportsContext(Observation.Context context) {
            return context instanceof Context;
        }
    }

    /** The default: {@code reftrail.send} with the key values {@code backend} and {@code outcome}. */
    public static final class DefaultConvention implements Convention {

        /** Creates the convention. */
        public DefaultConvention() {}

        @Override
        public String getName() {
            return "reftrail.send";
        }

        @Override
        public String getContextualName(Context context) {
            return "reftrail send " + context.backend();
        }

        @Override
        public KeyValues getLowCardinalityKeyValues(Context context) {
            Outcome.Verdict verdict = context.verdict();
            String outcome = verdict == null ? "none" : verdict.name().toLowerCase(Locale.ROOT);
            return KeyValues.of(KeyValue.of(KeyName.BACKEND, context.backend()), KeyValue.of(KeyName.OUTCOME, outcome));
        }
    }
}
