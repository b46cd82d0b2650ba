package io.reftrail.benchmarks.startup;

import io.reftrail.benchmarks.Benchmark;
import io.reftrail.benchmarks.Options;
import io.reftrail.benchmarks.SampleShop;
import io.reftrail.benchmarks.Statistics;
import io.reftrail.benchmarks.Table;
import io.reftrail.benchmarks.Turns;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

    private static final int STARTS_FOR_BEANS = 5;
    private static final double WORTH_A_LINE_MILLIS = 3;

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
        Map<String, Turns.Turn> turns = new LinkedHashMap<>();
        turns.put(WITHOUT, () -> 1 / Start.of(without + launcher, directory).seconds());
        turns.put(WITH, () -> {
            Start start = Start.of(with + launcher, directory);
            threads.addAll(start.threads());
            return 1 / start.seconds();
        });
        Turns measured = Turns.take(options.number("warm-ups"), options.number("rounds"), turns);
        System.out.println(measured.table("the sample shop", "starts/s"));

        long classesWithout = Start.of(without + launcher, directory).classes();
        long classesWith = Start.of(with + launcher, directory).classes();
        Start inMemory = Start.of(with + launcher, directory, "--reftrail.outbox.store=memory");
        System.out.println(new Table("", "measured", "goal")
                .row("time to ready, of the time without the starter", ratio(measured.ratio(WITHOUT, WITH)), "1.03")
                .row("threads when ready, leads wait in the database", names(threads), "none")
                .row("threads when ready, leads wait in memory", names(inMemory.threads()), "none")
                .row("classes loaded without the starter", classesWithout, "")
                .row("more classes with it", classesWith - classesWithout, "")
                .row("classes, of those without the starter", ratio((double) classesWith / classesWithout), ""));
        System.out.println(beans(with + launcher, directory));
        return inMemory.threads().isEmpty() && Set.of(LOOKS_FOR_WHAT_WAITS).containsAll(threads);
    }

    private static Table beans(String classPath, Path directory) throws IOException {
        Map<String, List<Double>> times = new TreeMap<>();
        for (int start = 0; start < STARTS_FOR_BEANS; start++) {
            Start.of(classPath, directory, ShopLauncher.TIMES).beans().forEach((bean, millis) -> times.computeIfAbsent(
                            bean, first -> new ArrayList<>())
                    .add(millis));
        }
        Table table = new Table("of Reftrail's beans, each by itself", "ms");
        times.forEach((bean, millis) -> {
            if (Statistics.median(millis) >= WORTH_A_LINE_MILLIS) {
                table.row(bean, Statistics.median(millis));
            }
        });
        return table;
    }

    private static String ratio(double ratio) {
        return String.format("%.3f", ratio);
    }

    private static String names(Collection<String> threads) {
        return threads.isEmpty() ? "none" : String.join(", ", threads);
    }
}
