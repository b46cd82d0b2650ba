package io.reftrail.backend.declared;

import io.reftrail.model.Event;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The value of a placeholder for an event. */
sealed interface Value {

    /** Returns the text, or {@code null} if the event has none. */
    @Nullable
    String of(Event event);

    /** Returns whether each text is a number in the form of JSON. */
    default boolean isNumber() {
        return false;
    }

    /** A text that is the same for each event, or absent from each. */
    record Constant(@Nullable String text) implements Value {

        @Override
        public @Nullable String of(Event event) {
            return text;
        }
    }

    /** A text of the event. */
    record Text(Function<Event, @Nullable String> source) implements Value {

        @Override
        public @Nullable String of(Event event) {
            String text = source.apply(event);
            return text == null || text.isBlank() ? null : text;
        }
    }

    /** A number of the event. */
    record Numeric(Function<Event, @Nullable String> source) implements Value {

        @Override
        public @Nullable String of(Event event) {
            return source.apply(event);
        }

        @Override
        public boolean isNumber() {
            return true;
        }
    }

    /** A point in time of the event; as text in UTC with milliseconds, for example {@code 2026-11-29T09:15:00.000Z}. */
    record Time(Function<Event, @Nullable Instant> source) implements Value {

        private static final DateTimeFormatter ISO =
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

        @Override
        public @Nullable String of(Event event) {
            Instant time = source.apply(event);
            return time == null ? null : ISO.format(time);
        }
    }

    /** The first of two that is not absent. */
    record Either(Value first, Value second) implements Value {

        @Override
        public @Nullable String of(Event event) {
            String text = first.of(event);
            return text == null ? second.of(event) : text;
        }

        @Override
        public boolean isNumber() {
            return first.isNumber() && second.isNumber();
        }
    }

    /** A text as a formatter writes it; the formatter may return none. */
    record Formatted(Value value, Format format, boolean isNumber) implements Value {

        @Override
        public @Nullable String of(Event event) {
            String text = value.of(event);
            return text == null ? null : format.apply(text);
        }
    }

    /** A text that is absent unless it equals another one, ignoring case. */
    record Same(Value value, Value other) implements Value {

        @Override
        public @Nullable String of(Event event) {
            String text = value.of(event);
            return text != null && text.equalsIgnoreCase(other.of(event)) ? text : null;
        }

        @Override
        public boolean isNumber() {
            return value.isNumber();
        }
    }

    /** Another way to write a text; {@code null} if there is none. */
    @FunctionalInterface
    interface Format {

        @Nullable
        String apply(String text);
    }
}
