package io.reftrail.spring;

import java.time.Instant;
import java.time.temporal.TemporalAccessor;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;

/**
 * What an expression has given, as a lead needs it. An object whose text is not its value (a record, an entity) is refused:
 * a customer would be known by the name of its class.
 */
final class LeadValue {

    private LeadValue() {}

    /** @throws Unusable if it is neither a truth nor {@code null}, which is none */
    static Boolean truth(@Nullable Object value) {
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw new Unusable(value, "true or false");
    }

    /** @throws Unusable if it is not a simple value */
    static @Nullable String text(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (!BeanUtils.isSimpleValueType(value.getClass())) {
            throw new Unusable(value, "a text, a number or a UUID");
        }
        return value.toString();
    }

    /**
     * @throws Unusable if it is not a time
     * @throws java.time.DateTimeException if it is not an instant because the time zone is unknown
     */
    static @Nullable Instant instant(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof Date date) {
            return date.toInstant();
        }
        if (value instanceof TemporalAccessor time) {
            return Instant.from(time);
        }
        throw new Unusable(value, "an instant");
    }

    /** @throws Unusable if it is not a map of simple values */
    static Map<String, String> metadata(@Nullable Object value) {
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw new Unusable(value, "a map");
        }
        Map<String, String> metadata = new HashMap<>();
        map.forEach((key, entry) -> {
            String name = text(key);
            String text = text(entry);
            if (name != null && text != null) {
                metadata.put(name, text);
            }
        });
        return metadata;
    }

    /** A value is of a class that cannot be used. The message says which one, and nothing of the value. */
    static final class Unusable extends RuntimeException {

        private static final long serialVersionUID = 1;

        private Unusable(Object value, String needed) {
            super("a " + value.getClass().getName() + " is not " + needed);
        }
    }
}
