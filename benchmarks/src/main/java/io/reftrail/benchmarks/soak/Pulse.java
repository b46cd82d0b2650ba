package io.reftrail.benchmarks.soak;

import io.reftrail.benchmarks.Statistics;
import io.reftrail.benchmarks.Table;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;

/**
 * What a process needs over time: its heap after a full collection, and its threads. Flat is what in the last third of the
 * time is at most a tenth more than in the second one, by the medians; the first third warms up. Not thread-safe.
 */
final class Pulse {

    private static final double FLAT = 1.1;
    private static final String OURS = "reftrail";
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private final MemoryMXBean memory;
    private final ThreadMXBean threads;
    private final List<Double> heap = new ArrayList<>();
    private final List<Double> count = new ArrayList<>();
    private final List<Double> ours = new ArrayList<>();
    private final Map<String, Integer> mostByName = new TreeMap<>();

    Pulse(JMXConnector process) throws IOException {
        MBeanServerConnection beans = process.getMBeanServerConnection();
        this.memory = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
        this.threads = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
    }

    void take() {
        memory.gc();
        heap.add(memory.getHeapMemoryUsage().getUsed() / 1e6);
        Map<String, Integer> byName = new TreeMap<>();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null) {
                byName.merge(NUMBER.matcher(thread.getThreadName()).replaceAll("#"), 1, Integer::sum);
            }
        }
        byName.forEach((name, number) -> mostByName.merge(name, number, Math::max));
        count.add((double) byName.values().stream().mapToInt(number -> number).sum());
        ours.add((double) byName.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(OURS))
                .mapToInt(Map.Entry::getValue)
                .sum());
    }

    /** The most threads of each name that there were at a time, of names that were taken more than once or are Reftrail's. */
    Table threadsByName() {
        Table table = new Table("threads of the shop's process", "most at a time");
        mostByName.forEach((name, most) -> {
            if (most > 1 || name.startsWith(OURS)) {
                table.row(name, most);
            }
        });
        return table;
    }

    boolean isFlat() {
        return growth(heap) <= FLAT && growth(count) <= FLAT;
    }

    private static double growth(List<Double> values) {
        return third(values, 2) / third(values, 1);
    }

    /** The median of a third of the values, from 0 on. */
    private static double third(List<Double> values, int number) {
        int size = values.size() / 3;
        return Statistics.median(values.subList(number * size, (number + 1) * size));
    }

    Table table() {
        return new Table("the shop's process", "first third", "second", "last", "last of second", "at most")
                .row(row("heap after a collection, MB", heap))
                .row(row("threads", count))
                .row(row("of them Reftrail's", ours));
    }

    private static Object[] row(String name, List<Double> values) {
        return new Object[] {
            name,
            String.format("%.1f", third(values, 0)),
            String.format("%.1f", third(values, 1)),
            String.format("%.1f", third(values, 2)),
            growth(values),
            FLAT
        };
    }
}
