package io.reftrail.backend;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one vendor, declared once. The properties below {@code reftrail.<backend>}, the init-params of a
 * {@code web.xml}, the metadata for editors and the table in {@code docs/configuration.md} follow from this declaration.
 * Immutable: each method that declares a setting returns a longer declaration.
 *
 * @param <B> the builder of the vendor's backend
 */
public final class BackendSettings<B> {

    /**
     * One setting.
     *
     * @param name the name with the backend's in front, for example {@code dub.lead-mode}
     * @param type the type of the value: {@code String}, {@code Boolean}, {@code Integer}, {@link Duration}, an enum, or
     *     {@code List} for a list of strings
     * @param defaultValue the value of an absent setting, or {@code null} for none
     * @param example a value that shows the form where there is no default, or {@code null}
     * @param description one sentence without the full stop; code is in backticks
     */
    public record Setting(
            String name,
            Class<?> type,
            @Nullable Object defaultValue,
            @Nullable String example,
            String description) {

        /** Returns the default as it is written in a properties file, or the empty string if there is none. */
        public String defaultText() {
            if (defaultValue instanceof Duration duration) {
                return duration.toDays() + "d";
            }
            if (defaultValue instanceof List<?> list) {
                return String.join(",", list.stream().map(String::valueOf).toList());
            }
            if (defaultValue instanceof Enum<?> constant) {
                return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
            }
            return defaultValue == null ? "" : defaultValue.toString();
        }
    }

    private final String backend;
    private final Setting key;
    private final Function<String, B> newBuilder;
    private final Function<B, TrackingBackend> build;
    private final List<Declared<B>> declared;

    private record Declared<B>(Setting setting, BiConsumer<B, Object> setter) {}

    private BackendSettings(
            String backend,
            Setting key,
            Function<String, B> newBuilder,
            Function<B, TrackingBackend> build,
            List<Declared<B>> declared) {
        this.backend = backend;
        this.key = key;
        this.newBuilder = newBuilder;
        this.build = build;
        this.declared = declared;
    }

    /**
     * Returns a declaration with one setting, the text that activates the backend.
     *
     * @param backend the {@linkplain TrackingBackend#name() name} of the backend
     * @param name the name of the setting without the backend's, for example {@code api-key}
     * @param description one sentence without the full stop
     * @param newBuilder the function that creates a builder from the text
     * @param build the function that builds the backend
     */
    public static <B> BackendSettings<B> activatedBy(
            String backend,
            String name,
            String description,
            Function<String, B> newBuilder,
            Function<B, TrackingBackend> build) {
        Setting key = new Setting(backend + "." + name, String.class, null, variable(backend, name), description);
        return new BackendSettings<>(backend, key, newBuilder, build, List.of());
    }

    private static String variable(String backend, String name) {
        return "${" + (backend + "_" + name).toUpperCase(Locale.ROOT).replace('-', '_') + "}";
    }

    /** Adds an id that the vendor has issued. It has no default, and is best kept in an environment variable. */
    public BackendSettings<B> id(String name, String description, BiConsumer<B, String> setter) {
        return with(name, String.class, null, variable(backend, name), description, setter);
    }

    /** Adds a text that has no default. */
    public BackendSettings<B> optionalText(
            String name, String example, String description, BiConsumer<B, String> setter) {
        return with(name, String.class, null, example, description, setter);
    }

    /** Adds a text. */
    public BackendSettings<B> text(String name, String defaultValue, String description, BiConsumer<B, String> setter) {
        return with(name, String.class, defaultValue, null, description, setter);
    }

    /** Adds a flag. */
    public BackendSettings<B> flag(
            String name, boolean defaultValue, String description, BiConsumer<B, Boolean> setter) {
        return with(name, Boolean.class, defaultValue, null, description, setter);
    }

    /** Adds a whole number. */
    public BackendSettings<B> number(String name, int defaultValue, String description, BiConsumer<B, Integer> setter) {
        return with(name, Integer.class, defaultValue, null, description, setter);
    }

    /** Adds a span of time; the default is a number of whole days. */
    public BackendSettings<B> duration(
            String name, Duration defaultValue, String description, BiConsumer<B, Duration> setter) {
        return with(name, Duration.class, defaultValue, null, description, setter);
    }

    /** Adds a choice between the constants of an enum. */
    public <E extends Enum<E>> BackendSettings<B> choice(
            String name, E defaultValue, String description, BiConsumer<B, E> setter) {
        return with(name, defaultValue.getDeclaringClass(), defaultValue, null, description, setter);
    }

    /**
     * Adds a list of texts, which a properties file separates by commas.
     *
     * @param example a value that shows the form where the default is empty, or {@code null}
     */
    public BackendSettings<B> list(
            String name,
            List<String> defaultValue,
            @Nullable String example,
            String description,
            BiConsumer<B, List<String>> setter) {
        return with(name, List.class, List.copyOf(defaultValue), example, description, setter);
    }

    private <T> BackendSettings<B> with(
            String name,
            Class<?> type,
            @Nullable Object defaultValue,
            @Nullable String example,
            String description,
            BiConsumer<B, T> setter) {
        List<Declared<B>> more = new ArrayList<>(declared);
        @SuppressWarnings("unchecked") // the value that a source returns is of the setting's type
        BiConsumer<B, Object> unchecked = (BiConsumer<B, Object>) (BiConsumer<B, ?>) setter;
        more.add(
                new Declared<>(new Setting(backend + "." + name, type, defaultValue, example, description), unchecked));
        return new BackendSettings<>(backend, key, newBuilder, build, more);
    }

    /** Returns the name of the backend. */
    public String backend() {
        return backend;
    }

    /** Returns the settings in the order of their declaration; the first one activates the backend. */
    public List<Setting> all() {
        return Stream.concat(Stream.of(key), declared.stream().map(Declared::setting))
                .toList();
    }

    /**
     * Returns the backend, or {@code null} if the source has no value for the first setting.
     *
     * @param source the function that returns the value of a setting, which has the setting's type, or {@code null} if it is
     *     absent. It is called for every setting, whether the backend is active or not
     * @throws io.reftrail.model.InvalidSettingException if the backend cannot work with the values
     */
    public @Nullable TrackingBackend create(Function<Setting, @Nullable Object> source) {
        Object activation = source.apply(key);
        Map<BiConsumer<B, Object>, Object> values = new LinkedHashMap<>();
        for (Declared<B> one : declared) {
            Object value = source.apply(one.setting());
            if (value != null) {
                values.put(one.setter(), value);
            }
        }
        if (activation == null) {
            return null;
        }
        B builder = newBuilder.apply(activation.toString());
        values.forEach((setter, value) -> setter.accept(builder, value));
        return build.apply(builder);
    }
}
