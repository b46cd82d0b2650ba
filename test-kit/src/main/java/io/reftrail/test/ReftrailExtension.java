package io.reftrail.test;

import io.reftrail.Reftrail;
import io.reftrail.ReftrailBuilder;
import io.reftrail.backend.TrackingBackend;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * An extension for tests without Spring: a {@link Reftrail} whose events are recorded. In an instance field each test has its
 * own. In a static field, for a server that all tests of the class share, it is reset before each test.
 *
 * <pre>{@code
 * @RegisterExtension
 * final ReftrailExtension reftrail = ReftrailExtension.forBackends("introw");
 * }</pre>
 *
 * <p>Test methods may have parameters of the types {@link Reftrail} and {@link ReportedEvents}.
 */
public final class ReftrailExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {

    private final List<TrackingBackend> backends;
    private final Consumer<ReftrailBuilder> settings;
    private @Nullable Reftrail reftrail;
    private @Nullable ReportedEvents events;

    /** The number of nested classes that share it; 0 for a single test. */
    private int classes;

    private ReftrailExtension(List<TrackingBackend> backends, Consumer<ReftrailBuilder> settings) {
        this.backends = backends;
        this.settings = settings;
    }

    /**
     * Returns an extension with the backends of vendors that come with Reftrail, by name, with made-up credentials.
     *
     * @throws IllegalArgumentException if a name is not that of such a backend
     */
    public static ReftrailExtension forBackends(String... names) {
        return new ReftrailExtension(Stream.of(names).map(TestBackends::named).toList(), builder -> {});
    }

    /** Returns an extension with these backends. Their rate limits apply, so create them without limits. */
    public static ReftrailExtension with(TrackingBackend... backends) {
        return new ReftrailExtension(List.of(backends), builder -> {});
    }

    /** Returns an extension with the same backends and these settings. The recorder is set after them. */
    public ReftrailExtension configure(Consumer<ReftrailBuilder> settings) {
        return new ReftrailExtension(backends, this.settings.andThen(settings));
    }

    /**
     * Returns the instance of the current test.
     *
     * @throws IllegalStateException outside of a test
     */
    public Reftrail reftrail() {
        if (reftrail == null) {
            throw new IllegalStateException("no test runs; or the field lacks @RegisterExtension");
        }
        return reftrail;
    }

    /**
     * Returns what the current test has reported.
     *
     * @throws IllegalStateException outside of a test
     */
    public ReportedEvents events() {
        if (events == null) {
            throw new IllegalStateException("no test runs; or the field lacks @RegisterExtension");
        }
        return events;
    }

    private void open() {
        ReftrailBuilder builder = Reftrail.builder();
        backends.forEach(builder::backend);
        settings.accept(builder);
        ReportedEvents recorder = new ReportedEvents();
        reftrail = recorder.record(builder);
        events = recorder;
    }

    private void close() {
        if (events != null) {
            events.reset();
        }
        if (reftrail != null) {
            reftrail.close();
        }
        reftrail = null;
        events = null;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (classes++ == 0) {
            open();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (classes == 0) {
            open();
        } else {
            events().reset();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (classes == 0) {
            close();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (--classes == 0) {
            close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return reftrail != null && (type == Reftrail.class || type == ReportedEvents.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Reftrail.class ? reftrail() : events();
    }
}
