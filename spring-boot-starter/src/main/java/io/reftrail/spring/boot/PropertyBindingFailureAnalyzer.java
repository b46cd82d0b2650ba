package io.reftrail.spring.boot;

import io.reftrail.model.InvalidSettingException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.convert.TypeDescriptor;

/**
 * An analyzer of properties with a value of the wrong type. It names the property, its origin, its meaning and what to write
 * instead. The value is left out, because it may be a misplaced key.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class PropertyBindingFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

    private static final String PREFIX = "reftrail.";

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        String property = cause.getName().toString();
        if (!property.startsWith(PREFIX) || findCause(rootFailure, InvalidSettingException.class) != null) {
            return null;
        }
        PropertyMetadata metadata = new PropertyMetadata();
        Class<?> type = type(cause);
        String description = metadata.description(property);
        return new FailureAnalysis(
                "Reftrail cannot use the property " + property + origin(cause) + ": the value is no "
                        + type.getSimpleName() + "."
                        + (description == null ? "" : " It is for: " + description),
                InvalidSettingFailureAnalyzer.action(action(type), metadata.line(property)),
                cause);
    }

    private static String origin(BindException cause) {
        Origin origin = Origin.from(cause.getProperty());
        return origin == null ? "" : " (" + origin + ")";
    }

    /** Returns the type that the value, or one value of a list, should have. */
    private Class<?> type(BindException cause) {
        ConversionFailedException failure = findCause(cause, ConversionFailedException.class);
        if (failure == null) {
            return cause.getTarget().getType().resolve(Object.class);
        }
        TypeDescriptor element = failure.getTargetType().getElementTypeDescriptor();
        return element == null ? failure.getTargetType().getType() : element.getType();
    }

    private static String action(Class<?> type) {
        return type.isEnum()
                ? "Write one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(constant -> constant.toString()
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', '-'))
                                .collect(Collectors.joining(", "))
                        + "."
                : "Write a value of that form.";
    }
}
