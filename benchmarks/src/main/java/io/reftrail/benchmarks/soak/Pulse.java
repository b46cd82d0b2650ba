package io.reftrail.benchmarks.soak;

import io.reftrail.benchmarks.Statistics;
import io.reftrail.benchmarks.Table;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;

/**
 * What a process needs over time: its heap after a full collection, and its threads. Flat is what in the last third of the
 * time is at most a tenth more than in the second one, by the medians; the first third warms up. Not thread-safe.
 */
final class Pulse {

    private static final double FLAT = 1.1;

    private final MemoryMXBean memory;
    private final ThreadMXBean threads;
    private final List<Double> heap = new ArrayList<>();
    private final List<Double> count = new ArrayList<>();

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
        count.add((double) threads.getThreadCount());
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
                .row(row("threads", count));
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
