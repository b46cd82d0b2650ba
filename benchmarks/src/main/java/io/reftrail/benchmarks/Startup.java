package io.reftrail.benchmarks;

import io.reftrail.samples.demo.JavaProcess;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * {@code benchmarks/run startup}: the time from the start of the sample shop's process until it is ready, with the starter on
 * its class path and without it. Ends with 1 if Reftrail has threads then, except for the one that polls a database.
 */
public final class Startup {

    private static final Map<String, String> OPTIONS = Map.of("warm-ups", "2", "rounds", "15");

    private static final String STARTER = "reftrail-spring-boot-starter";

    /** Sends what an earlier process has left in the database, whether or not something happens in this one. */
    private static final String POLLS_THE_DATABASE = "reftrail-dispatcher-1";

    private static final int STARTS_FOR_BEANS = 5;
    private static final double LEAST_MILLIS = 3;

    private static final String WITHOUT = "without the starter";
    private static final String WITH = "with the starter, six backends";

    private Startup() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Benchmark.main("startup", arguments, OPTIONS, Startup::measure);
    }

    private static boolean measure(Benchmark.Options options, Path directory) throws Exception {
        List<Path> shop = unpackShop(directory);
        String with = classPath(shop, entry -> true);
        String without =
                classPath(shop, entry -> !entry.getFileName().toString().startsWith(STARTER));
        if (with.equals(without)) {
            throw new IOException("the shop has no " + STARTER);
        }
        Set<String> threads = new TreeSet<>();
        Map<String, Rounds.Measurement> measurements = new LinkedHashMap<>();
        measurements.put(WITHOUT, () -> 1 / Start.of(without, directory).seconds());
        measurements.put(WITH, () -> {
            Start start = Start.of(with, directory);
            threads.addAll(start.threads());
            return 1 / start.seconds();
        });
        Rounds rounds = Rounds.run(options.number("warm-ups"), options.number("rounds"), measurements);
        System.out.println(rounds.table("the sample shop", "starts/s"));

        long classesWithout = Start.of(without, directory).classes();
        long classesWith = Start.of(with, directory).classes();
        Start inMemory = Start.of(with, directory, "--reftrail.outbox.store=memory");
        System.out.println(new Table("", "measured", "goal")
                .row(
                        "time to ready, of the time without the starter",
                        Rounds.thousandths(rounds.ratio(WITHOUT, WITH)),
                        "1.03")
                .row("threads when ready, leads wait in the database", names(threads), "none")
                .row("threads when ready, leads wait in memory", names(inMemory.threads()), "none")
                .row("classes loaded without the starter", classesWithout, "")
                .row("more classes with it", classesWith - classesWithout, "")
                .row(
                        "classes, of those without the starter",
                        Rounds.thousandths((double) classesWith / classesWithout),
                        ""));
        System.out.println(beans(with, directory));
        return inMemory.threads().isEmpty() && Set.of(POLLS_THE_DATABASE).containsAll(threads);
    }

    private static Table beans(String classPath, Path directory) throws IOException {
        Map<String, List<Double>> times = new TreeMap<>();
        for (int i = 0; i < STARTS_FOR_BEANS; i++) {
            Start.of(classPath, directory, ShopLauncher.BEAN_TIMES)
                    .beanMillis()
                    .forEach((bean, millis) -> times.computeIfAbsent(bean, first -> new ArrayList<>())
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

    /** Unpacks the shop's jar, and returns where its classes and its libraries are. */
    private static List<Path> unpackShop(Path directory) throws IOException {
        List<Path> classPath = new ArrayList<>(List.of(directory.resolve("BOOT-INF/classes/")));
        Path shop = JavaProcess.applicationJar(Path.of("samples", "spring-boot-app"));
        try (ZipFile jar = new ZipFile(shop.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (!entry.isDirectory() && entry.getName().startsWith("BOOT-INF/")) {
                    Path file = directory.resolve(entry.getName());
                    Files.createDirectories(file.getParent());
                    try (InputStream in = jar.getInputStream(entry)) {
                        Files.copy(in, file);
                    }
                    if (entry.getName().startsWith("BOOT-INF/lib/")) {
                        classPath.add(file);
                    }
                }
            }
        }
        return classPath;
    }

    /** Returns a class path of some of the shop's entries, and of the launcher. */
    private static String classPath(List<Path> shop, Predicate<Path> wanted) {
        return shop.stream().filter(wanted).map(Path::toString).collect(Collectors.joining(File.pathSeparator))
                + File.pathSeparator
                + Path.of("benchmarks", "target", "classes");
    }

    /**
     * One start of the shop.
     *
     * @param seconds from the start of the process until it is ready
     * @param threads the names of Reftrail's threads then
     * @param classes how many classes the process has loaded by then
     * @param beanMillis how long each of Reftrail's beans has taken, if the launcher was asked for it
     */
    private record Start(double seconds, List<String> threads, long classes, Map<String, Double> beanMillis) {

        static Start of(String classPath, Path directory, String... options) throws IOException {
            List<String> arguments = new ArrayList<>(List.of(options));
            arguments.add("--server.port=0");
            arguments.add("--reftrail.console.enabled=false");
            arguments.add("--sandbox-url=http://localhost:1");
            long start = System.nanoTime();
            try (JavaProcess process = JavaProcess.startOn(
                    classPath,
                    ShopLauncher.class.getName(),
                    List.of("-Xmx256m"),
                    directory.resolve("shop.log"),
                    arguments)) {
                String threads = await("ready ", process);
                double seconds = (System.nanoTime() - start) / 1e9;
                long classes = Long.parseLong(await("classes ", process));
                Map<String, Double> beanMillis = new TreeMap<>();
                for (String pair : await("beans ", process).split(" ", -1)) {
                    if (!pair.isEmpty()) {
                        String[] bean = pair.split("=", 2);
                        beanMillis.put(bean[0], Double.parseDouble(bean[1]));
                    }
                }
                return new Start(
                        seconds, threads.isEmpty() ? List.of() : List.of(threads.split(",")), classes, beanMillis);
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
