package io.reftrail.backend.declared;

import io.reftrail.backend.TrackingBackend;
import io.reftrail.model.InvalidSettingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A tracking backend as data: which parameters and cookies it uses, how an event becomes an HTTP call, and what the
 * answers mean. {@code docs/declared-backends.md} describes the document; {@link #SCHEMA} names its JSON Schema.
 *
 * <p>A declaration is checked when it is read. With its {@linkplain #settings() settings} filled in it becomes a
 * {@linkplain #backend backend} that behaves like one that is written in Java. Immutable.
 */
public final class BackendDeclaration {

    /** The resource that holds the JSON Schema of a declaration. */
    public static final String SCHEMA = "/io/reftrail/backend/declared/backend.schema.json";

    /** The declarations that come with Reftrail, by the name of the backend. */
    private static final List<String> SHIPPED = List.of("everflow", "firstpromoter", "rewardful", "tapfiliate", "tolt");

    private final DeclarationReader reader;

    /** Whether the application provides the document. Tests check the calls of the others, so the start does not read them. */
    private final boolean isOwn;

    private BackendDeclaration(DeclarationReader reader, boolean isOwn) {
        this.reader = reader;
        this.isOwn = isOwn;
    }

    /**
     * A setting that a declaration has placeholders for.
     *
     * @param name the name, for example {@code api-key}
     * @param secret whether the value must never be shown
     * @param required whether the backend cannot work without it
     * @param defaultValue the value if it is not set, or {@code null}
     * @param description what it is for, or {@code null}
     */
    public record Setting(
            String name,
            boolean secret,
            boolean required,
            @Nullable String defaultValue,
            @Nullable String description) {}

    /**
     * Returns the declaration that a text holds.
     *
     * @param source the name of the text in messages, for example that of the setting or file that it comes from
     * @param json the document
     * @throws InvalidSettingException if it is not a valid declaration; the message names the line and what to write
     */
    public static BackendDeclaration of(String source, String json) {
        return checked(Place.root(source, json));
    }

    /**
     * Returns the declaration that was read elsewhere, for example from YAML.
     *
     * @param source the name of the document in messages
     * @param document maps, lists, texts, numbers and flags
     * @param lines the line of each value, counted from 1, by its JSON Pointer (RFC 6901); messages name no line where it is missing
     * @throws InvalidSettingException if it is not a valid declaration
     */
    public static BackendDeclaration of(String source, Map<String, ?> document, Map<String, Integer> lines) {
        return checked(Place.root(source, document, Map.copyOf(lines)));
    }

    private static BackendDeclaration checked(Place root) {
        DeclarationReader reader = new DeclarationReader(root);
        reader.sample(Map.of());
        return new BackendDeclaration(reader, true);
    }

    /**
     * Returns the declaration that a stream holds, in UTF-8. Closes the stream.
     *
     * @param source the name of the stream in messages
     * @throws InvalidSettingException if it is not a valid declaration; the message names the line and what to write
     * @throws IOException if it cannot be read
     */
    public static BackendDeclaration read(String source, InputStream stream) throws IOException {
        try (stream) {
            return of(source, text(stream));
        }
    }

    /** Returns the names of the backends whose declarations come with Reftrail, in alphabetical order. */
    public static List<String> shipped() {
        return SHIPPED;
    }

    /**
     * Returns a declaration that comes with Reftrail.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public static BackendDeclaration shipped(String name) {
        InputStream resource = BackendDeclaration.class.getResourceAsStream(name + ".json");
        if (!SHIPPED.contains(name) || resource == null) {
            throw new IllegalArgumentException("no declaration of '" + name + "' comes with Reftrail");
        }
        try (resource) {
            return new BackendDeclaration(new DeclarationReader(Place.root(name, text(resource))), false);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String text(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Returns whether a backend was made from a declaration. */
    public static boolean isDeclared(TrackingBackend backend) {
        return backend instanceof DeclaredBackend;
    }

    /** Returns the backend's name. */
    public String name() {
        return reader.name();
    }

    /**
     * Returns the settings, in the order of the document. Besides them, each declared backend has {@code base-url},
     * {@code calls-per-minute}, and where its vendor learns of sales both ways {@code sales}.
     */
    public List<Setting> settings() {
        return reader.settings();
    }

    /** Returns the address of the API that the document names, or {@code null} if it is a setting only. */
    public @Nullable String baseUrl() {
        return reader.declaredBaseUrl();
    }

    /** Returns the vendor's documented rate in calls per minute, or 0 if there is none. */
    public int callsPerMinute() {
        return reader.callsPerMinute();
    }

    /** Returns the names of all settings: the declaration's own and those that all backends have. */
    public Set<String> settingNames() {
        return reader.known();
    }

    /**
     * Returns the backend with these settings. An empty value counts as not set.
     *
     * @throws InvalidSettingException if a setting is unknown, missing or wrong; the message never holds a secret
     */
    public TrackingBackend backend(Map<String, String> settings) {
        DeclaredBackend backend = reader.backend(settings);
        if (isOwn) {
            backend.calls();
        }
        return backend;
    }

    /** Returns made-up values of the settings that have no default, by name. {@link #sample} uses them. */
    public Map<String, String> sampleSettings() {
        return reader.sampleSettings();
    }

    /**
     * Returns the backend with made-up settings where none are given: for tests and for {@link DeclaredCalls}.
     *
     * @throws InvalidSettingException if a setting is unknown or wrong
     */
    public TrackingBackend sample(Map<String, String> settings) {
        return reader.sample(settings);
    }

    @Override
    public String toString() {
        return "BackendDeclaration[" + name() + "]";
    }
}
