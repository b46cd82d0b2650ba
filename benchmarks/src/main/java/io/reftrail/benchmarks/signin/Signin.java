package io.reftrail.benchmarks.signin;

import io.reftrail.benchmarks.Benchmark;
import io.reftrail.benchmarks.Options;
import io.reftrail.benchmarks.PostgreSql;
import io.reftrail.benchmarks.StubServer;
import io.reftrail.benchmarks.load.Load;
import io.reftrail.benchmarks.load.LoadResult;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code benchmarks/run signin}: sign-ins through Spring Security's filter chain, each of a new customer whom a partner has
 * brought, next to an application without Reftrail; with a backend that answers, hangs, and is down; with leads that wait in
 * memory and on PostgreSQL. The applications take turns.
 */
public final class Signin {

    private static final Map<String, String> OPTIONS =
            Map.of("warm-ups", "4", "rounds", "12", "seconds", "2", "connections", "4");

    private Signin() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Benchmark.main("signin", arguments, OPTIONS, Signin::measure);
    }

    private static boolean measure(Options options, Path directory) throws Exception {
        measure(
                options,
                Files.createDirectories(directory.resolve("memory")),
                "leads wait in memory",
                state -> List.of("--reftrail.outbox.store=memory", "--reftrail.outbox.capacity=10000000"));
        try (PostgreSql postgreSql = PostgreSql.start(directory)) {
            for (BackendState state : BackendState.values()) {
                postgreSql.create(state.name());
            }
            measure(
                    options,
                    Files.createDirectories(directory.resolve("on-postgresql")),
                    "leads wait on PostgreSQL",
                    state -> List.of(
                            "--reftrail.outbox.initialize-schema=always",
                            "--spring.datasource.url="
                                    + postgreSql.jdbcUrl(state.name().toLowerCase(Locale.ROOT))));
        }
        return true;
    }

    /** Where the leads of an application wait. */
    @FunctionalInterface
    private interface Store {
        List<String> options(BackendState state);
    }

    private static void measure(Options options, Path directory, String title, Store store) throws Exception {
        Map<BackendState, Application> applications = new LinkedHashMap<>();
        try (StubServer answering = StubServer.start(directory);
                SilentServer silent = new SilentServer();
                Load load = Load.start(directory, options.number("connections"))) {
            URI answers = answering.uri().resolve("/");
            for (BackendState state : BackendState.values()) {
                URI backend =
                        switch (state) {
                            case NOT_CALLED, HEALTHY -> answers;
                            case HUNG -> silent.uri();
                            case DOWN -> URI.create("http://127.0.0.1:1");
                        };
                applications.put(state, Application.start(directory, state, backend, store.options(state)));
            }
            System.out.println(take(options, applications, load).table(title));
        } finally {
            applications.values().forEach(Application::close);
        }
    }

    private static Waits take(Options options, Map<BackendState, Application> applications, Load load)
            throws Exception {
        Waits waits = new Waits();
        List<Map.Entry<BackendState, Application>> order = new ArrayList<>(applications.entrySet());
        int warmUps = options.number("warm-ups");
        for (int round = 0; round < warmUps + options.number("rounds"); round++) {
            for (Map.Entry<BackendState, Application> application : order) {
                LoadResult result = application.getValue().signIn(load, options.number("seconds"));
                if (round >= warmUps) {
                    waits.add(application.getKey(), result);
                }
            }
            Collections.reverse(order);
        }
        return waits;
    }
}
