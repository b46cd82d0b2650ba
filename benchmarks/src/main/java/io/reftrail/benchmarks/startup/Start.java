package io.reftrail.benchmarks.startup;

import io.reftrail.benchmarks.JavaProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One start of the sample shop.
 *
 * @param seconds from the start of its process until it is ready
 * @param threads those of Reftrail then
 * @param classes how many the process has loaded by then
 * @param beans the milliseconds that each of Reftrail's beans has taken, if they were asked for
 */
record Start(double seconds, List<String> threads, long classes, Map<String, Double> beans) {

    static Start of(String classPath, Path directory, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.add("--server.port=0");
        arguments.add("--sandbox-url=http://localhost:1");
        long start = System.nanoTime();
        try (JavaProcess process = JavaProcess.startOn(
                classPath, ShopLauncher.class.getName(), List.of("-Xmx256m"), directory, "shop.log", arguments)) {
            String threads = await("ready ", process.output());
            double seconds = (System.nanoTime() - start) / 1e9;
            long classes = Long.parseLong(await("classes ", process.output()));
            Map<String, Double> beans = BeanTimes.parse(await("beans ", process.output()));
            return new Start(seconds, threads.isEmpty() ? List.of() : List.of(threads.split(",")), classes, beans);
        }
    }

    private static String await(String prefix, BufferedReader output) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(prefix)) {
                return line.substring(prefix.length());
            }
        }
        throw new IOException("the shop does not start, see shop.log");
    }
}
