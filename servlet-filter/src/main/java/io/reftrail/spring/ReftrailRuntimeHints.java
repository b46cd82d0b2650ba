package io.reftrail.spring;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;

/**
 * The hints for everything that Reftrail looks up by name: the outbox's scripts, the driver of the embedded file, virtual threads,
 * and the types by which it detects optional modules. Without the hints a native image treats each module as absent.
 */
final class ReftrailRuntimeHints implements RuntimeHintsRegistrar {

    private static final List<String> MODULE_TYPES = List.of(
            "jakarta.servlet.http.HttpServletRequest",
            "org.springframework.web.context.request.RequestContextHolder",
            "org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy");

    private static final TypeReference BUILDER = TypeReference.of("java.lang.Thread$Builder");

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        hints.resources().registerPattern("io/reftrail/outbox/schema/*/R__reftrail_outbox.sql");
        for (String type : MODULE_TYPES) {
            hints.reflection().registerTypeIfPresent(classLoader, type, registered -> {});
        }
        hints.reflection()
                .registerTypeIfPresent(classLoader, "org.sqlite.JDBC", MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
        registerVirtualThreads(hints);
    }

    /** By name, because JDK 17 has no virtual threads and the JDK that builds the image can have them. */
    private static void registerVirtualThreads(RuntimeHints hints) {
        hints.reflection()
                .registerType(
                        TypeReference.of(Thread.class),
                        type -> type.withMethod("ofVirtual", List.of(), ExecutableMode.INVOKE))
                .registerType(BUILDER, type -> type.withMethod(
                                "name", TypeReference.listOf(String.class, long.class), ExecutableMode.INVOKE)
                        .withMethod(
                                "inheritInheritableThreadLocals",
                                TypeReference.listOf(boolean.class),
                                ExecutableMode.INVOKE)
                        .withMethod("factory", List.of(), ExecutableMode.INVOKE))
                .registerType(
                        TypeReference.of(Executors.class),
                        type -> type.withMethod(
                                "newThreadPerTaskExecutor",
                                TypeReference.listOf(ThreadFactory.class),
                                ExecutableMode.INVOKE));
    }
}
