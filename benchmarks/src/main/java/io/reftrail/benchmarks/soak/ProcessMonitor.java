package io.reftrail.benchmarks.soak;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.reftrail.benchmarks.Rounds;
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
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Samples the heap after a full collection, and the threads, of another process by JMX. They are flat if the median of the last
 * third of the samples is at most 1.1 times that of the second third. The first third is the warm-up. Not thread-safe.
 */
final class ProcessMonitor implements AutoCloseable {

    private static final double FLAT = 1.1;
    private static final String OURS = "reftrail";
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private final JMXConnector connector;
    private final MemoryMXBean memory;
    private final ThreadMXBean threads;
    private final List<Double> heap = new ArrayList<>();
    private final List<Double> threadCount = new ArrayList<>();
    private final List<Double> ourThreads = new ArrayList<>();
    private final Map<String, Integer> mostByName = new TreeMap<>();

    private ProcessMonitor(JMXConnector connector) throws IOException {
        this.connector = connector;
        MBeanServerConnection beans = connector.getMBeanServerConnection();
        this.memory = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
        this.threads = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
    }

    /** Attaches to a process of this machine, which itself tells the address to connect to. */
    @SuppressWarnings("BanJNDI")
    static ProcessMonitor attach(long pid) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
                return new ProcessMonitor(
                        JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent())));
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException failure) {
            throw new IOException("the process cannot be monitored", failure);
        }
    }

    void sample() {
        memory.gc();
        heap.add(memory.getHeapMemoryUsage().getUsed() / 1e6);
        Map<String, Integer> byName = new TreeMap<>();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null) {
                byName.merge(NUMBER.matcher(thread.getThreadName()).replaceAll("#"), 1, Integer::sum);
            }
        }
        byName.forEach((name, number) -> mostByName.merge(name, number, Math::max));
        threadCount.add(
                (double) byName.values().stream().mapToInt(number -> number).sum());
        ourThreads.add((double) byName.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(OURS))
                .mapToInt(Map.Entry::getValue)
                .sum());
    }

    boolean isFlat() {
        return growth(heap) <= FLAT && growth(threadCount) <= FLAT;
    }

    private static double growth(List<Double> values) {
        return third(values, 2) / third(values, 1);
    }

    /** Returns the median of a third of the values. The first third has the number 0. */
    private static double third(List<Double> values, int number) {
        int size = values.size() / 3;
        return Rounds.median(values.subList(number * size, (number + 1) * size));
    }

    Table table() {
        Table table = new Table("the shop's process", "first third", "second", "last", "last of second", "at most");
        row(table, "heap after a collection, MB", heap);
        row(table, "threads", threadCount);
        row(table, "of them Reftrail's", ourThreads);
        return table;
    }

    private static void row(Table table, String name, List<Double> values) {
        table.row(
                name,
                String.format("%.1f", third(values, 0)),
                String.format("%.1f", third(values, 1)),
                String.format("%.1f", third(values, 2)),
                growth(values),
                FLAT);
    }

    /** Returns the largest number of threads by name, for names of several threads, and for Reftrail's. */
    Table threadsByName() {
        Table table = new Table("threads of the shop's process", "most at a time");
        mostByName.forEach((name, most) -> {
            if (most > 1 || name.startsWith(OURS)) {
                table.row(name, most);
            }
        });
        return table;
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
