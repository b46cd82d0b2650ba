package io.reftrail.servlet;

import io.reftrail.backend.BackendSettings;
import io.reftrail.model.InvalidSettingException;
import jakarta.servlet.FilterConfig;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The init-params of a filter. <code>${NAME}</code> in a value is replaced by the system property or environment variable of
 * that name, <code>${NAME:otherwise}</code> has a default behind the colon. Keys therefore need not be in a {@code web.xml}. An
 * empty value counts as absent.
 */
final class InitParameters {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}:]+)(?::([^}]*))?}");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    private final FilterConfig config;
    private final TreeSet<String> known = new TreeSet<>();

    InitParameters(FilterConfig config) {
        this.config = config;
    }

    @Nullable
    String text(String name) {
        known.add(name);
        String value = config.getInitParameter(name);
        if (value == null || value.isBlank()) {
            return null;
        }
        String resolved = PLACEHOLDER.matcher(value.strip()).replaceAll(InitParameters::lookUp);
        return resolved.isBlank() ? null : resolved;
    }

    private static String lookUp(MatchResult placeholder) {
        String name = placeholder.group(1);
        String value = System.getProperty(name, System.getenv(name));
        String otherwise = placeholder.group(2) == null ? placeholder.group() : placeholder.group(2);
        return Matcher.quoteReplacement(value == null ? otherwise : value);
    }

    /** Returns a file below {@code WEB-INF} or a resource of the class path, or {@code null} if there is none. */
    @Nullable
    InputStream resource(String location) {
        if (location.startsWith("/WEB-INF/")) {
            return config.getServletContext().getResourceAsStream(location);
        }
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        String name = location.startsWith("/") ? location.substring(1) : location;
        return loader == null ? ClassLoader.getSystemResourceAsStream(name) : loader.getResourceAsStream(name);
    }

    String text(String name, String otherwise) {
        String value = text(name);
        return value == null ? otherwise : value;
    }

    /**
     * Returns objects of the application's classes that an init-param names.
     *
     * @throws InvalidSettingException if one cannot be created
     */
    <T> List<T> instances(String name, Class<T> type) {
        return list(name, List.of()).stream()
                .map(className -> instance(name, className, type))
                .toList();
    }

    <T> T instance(String name, String className, Class<T> type) {
        try {
            Class<?> found =
                    Class.forName(className, true, config.getServletContext().getClassLoader());
            if (!type.isAssignableFrom(found)) {
                throw invalid(
                        name,
                        "'" + className + "' is no " + type.getSimpleName(),
                        "Let it implement " + type.getName() + ".",
                        null);
            }
            return type.cast(found.getConstructor().newInstance());
        } catch (ClassNotFoundException absent) {
            throw invalid(
                    name,
                    "there is no class '" + className + "'",
                    "Write the full name of a class of the application, such as 'com.example.Shop"
                            + type.getSimpleName() + "'.",
                    absent);
        } catch (InvocationTargetException | LinkageError broken) {
            throw invalid(name, "'" + className + "' could not be created", "The cause says why.", broken);
        } catch (ReflectiveOperationException hidden) {
            throw invalid(
                    name,
                    "'" + className + "' cannot be created",
                    "Let it be a public class with a public constructor without parameters.",
                    hidden);
        }
    }

    private static InvalidSettingException invalid(
            String name, String problem, String action, @Nullable Throwable cause) {
        InvalidSettingException invalid = new InvalidSettingException(name, problem, action);
        invalid.initCause(cause);
        return invalid;
    }

    boolean flag(String name) {
        return flag(name, false);
    }

    boolean flag(String name, boolean otherwise) {
        String value = text(name, Boolean.toString(otherwise));
        if (!value.equals("true") && !value.equals("false")) {
            throw new InvalidSettingException(name, "'" + value + "' is neither true nor false", "Write one of them.");
        }
        return value.equals("true");
    }

    /** Returns texts that are separated by commas. */
    List<String> list(String name, List<String> otherwise) {
        String value = text(name);
        return value == null
                ? otherwise
                : Arrays.stream(value.split(",", -1))
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .toList();
    }

    <E extends Enum<E>> E constant(String name, E otherwise) {
        String value = text(name);
        return value == null ? otherwise : constantOf(name, value, otherwise.getDeclaringClass());
    }

    <E extends Enum<E>> E constantOf(String name, String value, Class<E> type) {
        return type.cast(anyConstantOf(name, value, type));
    }

    private static Enum<?> anyConstantOf(String name, String value, Class<?> type) {
        List<Enum<?>> constants = Arrays.stream(type.getEnumConstants())
                .<Enum<?>>map(constant -> (Enum<?>) constant)
                .toList();
        return constants.stream()
                .filter(constant -> spelling(constant).equals(value.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new InvalidSettingException(
                        name,
                        "'" + value + "' is not known",
                        "Write one of "
                                + constants.stream()
                                        .map(InitParameters::spelling)
                                        .toList() + "."));
    }

    private static String spelling(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Duration duration(String name, Duration otherwise) {
        String value = text(name);
        if (value == null) {
            return otherwise;
        }
        Matcher duration = DURATION.matcher(value);
        if (!duration.matches()) {
            throw new InvalidSettingException(
                    name, "'" + value + "' is not a duration", "Write a number and a unit, such as '500ms' or '2s'.");
        }
        ChronoUnit unit = UNITS.getOrDefault(duration.group(2), ChronoUnit.SECONDS);
        return Duration.of(Long.parseLong(duration.group(1)), unit);
    }

    @Nullable
    Instant instant(String name) {
        String value = text(name);
        try {
            return value == null ? null : Instant.parse(value);
        } catch (DateTimeParseException noInstant) {
            throw new InvalidSettingException(
                    name, "'" + value + "' is not an instant", "Write one such as '2026-11-21T00:00:00Z'.");
        }
    }

    int number(String name, int otherwise) {
        String value = text(name);
        try {
            return value == null ? otherwise : Integer.parseInt(value);
        } catch (NumberFormatException noNumber) {
            throw new InvalidSettingException(name, "'" + value + "' is not a number", "Write digits only.");
        }
    }

    /**
     * Returns the value of a backend's setting, or {@code null} if it is absent.
     *
     * @throws InvalidSettingException if the value does not have the setting's type
     */
    @Nullable
    Object value(BackendSettings.Setting setting) {
        String name = setting.name();
        Class<?> type = setting.type();
        String value = text(name);
        if (value == null || type == String.class) {
            return value;
        }
        if (type == Boolean.class) {
            return flag(name);
        }
        if (type == Integer.class) {
            return number(name, 0);
        }
        if (type == Duration.class) {
            return duration(name, Duration.ZERO);
        }
        return type == List.class ? list(name, List.of()) : anyConstantOf(name, value, type);
    }

    /** @throws InvalidSettingException if there is an unknown init-param */
    void refuseUnknown() {
        for (String name : Collections.list(config.getInitParameterNames())) {
            if (!known.contains(name)) {
                throw new InvalidSettingException(name, "there is no such init-param", "Write one of " + known + ".");
            }
        }
    }
}
