package io.reftrail.benchmarks.bearer;

import io.reftrail.Reftrail;
import io.reftrail.backend.IntrowBackend;
import io.reftrail.benchmarks.Benchmark;
import io.reftrail.benchmarks.Options;
import io.reftrail.benchmarks.Table;
import io.reftrail.benchmarks.Turns;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code benchmarks/run bearer}: requests to an API with a bearer token and without a cookie, next to the same API without
 * Reftrail; and what the listener allocates for each. As promised if that is nothing.
 */
public final class Bearer {

    private static final Map<String, String> OPTIONS = Map.of("warm-ups", "3", "rounds", "10", "seconds", "1");

    private Bearer() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Benchmark.main("bearer", arguments, OPTIONS, Bearer::measure);
    }

    private static boolean measure(Options options, Path directory) throws Exception {
        try (Reftrail reftrail =
                        Reftrail.builder().backend(IntrowBackend.of("key")).build();
                Api alone = new Api(null);
                Api listened = new Api(reftrail)) {
            int seconds = options.number("seconds");
            Map<String, Turns.Turn> turns = new LinkedHashMap<>();
            turns.put("without Reftrail", () -> alone.perSecond(seconds));
            turns.put("with filter and listener", () -> listened.perSecond(seconds));
            Turns measured = Turns.take(options.number("warm-ups"), options.number("rounds"), turns);
            System.out.println(measured.table("1 thread, bearer token, no cookie", "requests/s"));
            long listener = new ListenerAlone(reftrail).bytes();
            System.out.println(new Table("allocated", "bytes")
                    .row("by a request without Reftrail", Math.round(alone.bytes()))
                    .row("by a request with filter and listener", Math.round(listened.bytes()))
                    .row("by the listener, 100,000 events", listener));
            return listener == 0;
        }
    }
}
