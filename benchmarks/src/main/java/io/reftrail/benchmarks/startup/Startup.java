package io.reftrail.benchmarks.startup;

import io.reftrail.benchmarks.Benchmark;
import io.reftrail.benchmarks.JavaProcess;
import io.reftrail.benchmarks.Options;
import io.reftrail.benchmarks.SampleShop;
import io.reftrail.benchmarks.Table;
import io.reftrail.benchmarks.Turns;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code benchmarks/run startup}: how long the sample shop takes from the start of its process until it is ready, with the
 * starter on its class path and without; and which threads Reftrail has then, before anything has happened: as promised if there
 * are none, or only the one that looks for what waits in a database.
 */
public final class Startup {

    private static final Map<String, String> OPTIONS = Map.of("warm-ups", "2", "rounds", "15");

    private static final String STARTER = "reftrail-spring-boot-starter";

    /** What a process before this one has left in the database must go out, whether or not anything happens here. */
    private static final String LOOKS_FOR_WHAT_WAITS = "reftrail-dispatcher-1";

    private static final String WITHOUT = "without the starter";
    private static final String WITH = "with the starter, six backends";

    private Startup() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Benchmark.main("startup", arguments, OPTIONS, Startup::measure);
    }

    private static boolean measure(Options options, Path directory) throws Exception {
        List<Path> shop = SampleShop.unpack(directory);
        String launcher = File.pathSeparator + System.getProperty("benchmarks.classes", "benchmarks/target/classes");
        String without =
                SampleShop.join(shop, entry -> !entry.getFileName().toString().startsWith(STARTER));
        String with = SampleShop.join(shop, entry -> true);
        if (with.equals(without)) {
            throw new IOException("the shop has no " + STARTER);
        }
        Set<String> threads = new TreeSet<>();
        Set<String> threadsInMemory = new TreeSet<>();
        Map<String, Turns.Turn> turns = new LinkedHashMap<>();
        turns.put(WITHOUT, () -> 1 / secondsToReady(without + launcher, directory, threads, List.of()));
        turns.put(WITH, () -> 1 / secondsToReady(with + launcher, directory, threads, List.of()));
        Turns measured = Turns.take(options.number("warm-ups"), options.number("rounds"), turns);
        secondsToReady(with + launcher, directory, threadsInMemory, List.of("--reftrail.outbox.store=memory"));
        System.out.println(measured.table("the sample shop", "starts/s"));
        double later = measured.ratio(WITHOUT, WITH);
        System.out.println(new Table("", "measured", "goal")
                .row("time to ready, of the time without the starter", String.format("%.3f", later), "1.03")
                .row("threads when ready, leads wait in the database", names(threads), "none")
                .row("threads when ready, leads wait in memory", names(threadsInMemory), "none"));
        return threadsInMemory.isEmpty() && Set.of(LOOKS_FOR_WHAT_WAITS).containsAll(threads);
    }

    private static String names(Set<String> threads) {
        return threads.isEmpty() ? "none" : String.join(", ", threads);
    }

    private static double secondsToReady(String classPath, Path directory, Set<String> threads, List<String> options)
            throws IOException {
        long start = System.nanoTime();
        try (JavaProcess process = JavaProcess.startOn(
                classPath,
                ShopLauncher.class.getName(),
                List.of("-Xmx256m"),
                directory,
                "shop.log",
                arguments(options))) {
            for (String line = process.output().readLine();
                    line != null;
                    line = process.output().readLine()) {
                if (line.startsWith("ready ")) {
                    double seconds = (System.nanoTime() - start) / 1e9;
                    List.of(line.substring("ready ".length()).split(",", -1)).stream()
                            .filter(name -> !name.isEmpty())
                            .forEach(threads::add);
                    return seconds;
                }
            }
        }
        throw new IOException("the shop does not start, see shop.log");
    }

    private static List<String> arguments(List<String> options) {
        List<String> arguments = new ArrayList<>(options);
        arguments.add("--server.port=0");
        arguments.add("--sandbox-url=http://localhost:1");
        return arguments;
    }
}
