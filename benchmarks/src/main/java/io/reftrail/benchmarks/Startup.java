package io.reftrail.benchmarks;

import io.reftrail.samples.demo.JavaProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * {@code benchmarks/run startup}: the time from the start of the sample shop's process until it is ready, with the starter on
 * its class path and without it: as it is, with an archive of its classes (CDS), and processed ahead of time by Spring besides. Ends with
 * 1 if Reftrail has threads then, except for those that poll.
 */
public final class Startup {

    private static final Map<String, String> OPTIONS = Map.of("warm-ups", "2", "rounds", "15");

    private static final String STARTER = "reftrail-spring-boot-starter";

    /** Sends what an earlier process has left in the database, whether or not something happens in this one. */
    private static final String POLLS_THE_DATABASE = "reftrail-dispatcher-1";

    /** Gives the rewards of "refer a friend", which are due at a time and not after an event. */
    private static final String GIVES_REWARDS = "reftrail-rewards-1";

    private static final int STARTS_FOR_BEANS = 5;
    private static final double LEAST_MILLIS = 3;

    private Startup() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Benchmark.main("startup", arguments, OPTIONS, Startup::measure);
    }

    /**
     * The shop without the starter, or with it.
     *
     * @param starts those that were measured
     */
    private record Contender(String name, PackagedShop shop, List<Start> starts) {

        Contender(String name, PackagedShop shop) {
            this(name, shop, new ArrayList<>());
        }

        double startsPerSecond() throws IOException {
            Start start = Start.of(shop);
            starts.add(start);
            return 1 / start.seconds();
        }

        long classes() {
            return starts.get(0).classes();
        }
    }

    /** Both of them, in one of the ways to start an application. */
    private record Pair(String name, Contender without, Contender with) {

        Pair(String name, PackagedShop without, PackagedShop with) {
            this(name, new Contender(name + ", without the starter", without), new Contender(name + ", with it", with));
        }

        double cpuRatio(int warmUps) {
            return Rounds.median(IntStream.range(warmUps, with.starts().size())
                    .mapToObj(round -> (double) with.starts().get(round).cpu().toMillis()
                            / without.starts().get(round).cpu().toMillis())
                    .toList());
        }
    }

    private static List<Pair> pairs(Path directory) throws IOException, InterruptedException {
        PackagedShop with = PackagedShop.unpack(directory);
        PackagedShop without = with.without(STARTER);
        return List.of(
                new Pair("as it is", without, with),
                new Pair("CDS", without.withArchive("cds-without"), with.withArchive("cds-with")),
                new Pair(
                        "CDS and AOT",
                        without.processedAheadOfTime("aot-without").withArchive("aot-cds-without"),
                        with.processedAheadOfTime("aot-with").withArchive("aot-cds-with")));
    }

    private static boolean measure(Benchmark.Options options, Path directory) throws Exception {
        List<Pair> pairs = pairs(directory);
        int warmUps = options.number("warm-ups");
        Map<String, Rounds.Measurement> measurements = new LinkedHashMap<>();
        for (Pair pair : pairs) {
            measurements.put(pair.without().name(), pair.without()::startsPerSecond);
            measurements.put(pair.with().name(), pair.with()::startsPerSecond);
        }
        Rounds rounds = Rounds.run(warmUps, options.number("rounds"), measurements);
        System.out.println(rounds.table("the sample shop", "starts/s"));

        Table ratios = new Table(
                "with the starter, of without it",
                "time to ready",
                "half of the rounds",
                "processor time",
                "classes without",
                "more classes");
        Set<String> threads = new TreeSet<>();
        for (Pair pair : pairs) {
            Contender without = pair.without();
            Contender with = pair.with();
            ratios.row(
                    pair.name(),
                    Rounds.thousandths(rounds.ratio(without.name(), with.name())),
                    rounds.halfOfTheRounds(without.name(), with.name()),
                    Rounds.thousandths(pair.cpuRatio(warmUps)),
                    without.classes(),
                    with.classes() - without.classes());
            with.starts().forEach(start -> threads.addAll(start.threads()));
        }
        System.out.println(ratios);

        PackagedShop plain = pairs.get(0).with().shop();
        List<String> inMemory =
                Start.of(plain, "--reftrail.outbox.store=memory").threads();
        System.out.println(new Table("threads of Reftrail when ready", "", "goal")
                .row("leads wait in the database", names(threads), "those that poll")
                .row("leads wait in memory", names(inMemory), "rewards"));
        System.out.println(beans(plain));
        return Set.of(GIVES_REWARDS).containsAll(inMemory)
                && Set.of(GIVES_REWARDS, POLLS_THE_DATABASE).containsAll(threads);
    }

    private static Table beans(PackagedShop shop) throws IOException {
        Map<String, List<Double>> times = new TreeMap<>();
        for (int i = 0; i < STARTS_FOR_BEANS; i++) {
            Start.of(shop, ShopLauncher.BEAN_TIMES).beanMillis().forEach((bean, millis) -> times.computeIfAbsent(
                            bean, first -> new ArrayList<>())
                    .add(millis));
        }
        Table table = new Table("of Reftrail's beans, each by itself", "ms");
        times.forEach((bean, millis) -> {
            if (Rounds.median(millis) >= LEAST_MILLIS) {
                table.row(bean, Rounds.median(millis));
            }
        });
        return table;
    }

    private static String names(Collection<String> threads) {
        return threads.isEmpty() ? "none" : String.join(", ", threads);
    }

    /**
     * One start of the shop.
     *
     * @param seconds from the start of the process until it is ready
     * @param cpu the processor time of the process until then
     * @param threads the names of Reftrail's threads then
     * @param classes how many classes the process has loaded by then
     * @param beanMillis how long each of Reftrail's beans has taken, if the launcher was asked for it
     */
    private record Start(
            double seconds, Duration cpu, List<String> threads, long classes, Map<String, Double> beanMillis) {

        static Start of(PackagedShop shop, String... options) throws IOException {
            long start = System.nanoTime();
            try (JavaProcess process = shop.start(List.of(options))) {
                String threads = await("ready ", process);
                double seconds = (System.nanoTime() - start) / 1e9;
                Duration cpu = ProcessHandle.of(process.pid())
                        .flatMap(handle -> handle.info().totalCpuDuration())
                        .orElseThrow();
                long classes = Long.parseLong(await("classes ", process));
                Map<String, Double> beanMillis = new TreeMap<>();
                for (String pair : await(ShopLauncher.LAST, process).split(" ", -1)) {
                    if (!pair.isEmpty()) {
                        String[] bean = pair.split("=", 2);
                        beanMillis.put(bean[0], Double.parseDouble(bean[1]));
                    }
                }
                return new Start(
                        seconds, cpu, threads.isEmpty() ? List.of() : List.of(threads.split(",")), classes, beanMillis);
            }
        }

        private static String await(String prefix, JavaProcess process) throws IOException {
            while (true) {
                String line = process.readLine();
                if (line.startsWith(prefix)) {
                    return line.substring(prefix.length());
                }
            }
        }
    }
}
