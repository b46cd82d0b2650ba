package io.reftrail.benchmarks.load;

import java.util.Arrays;

/** How long each request took, in nanoseconds. Not thread-safe. */
final class Latencies {

    private long[] nanos = new long[1 << 12];
    private int count;

    void add(long latency) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = latency;
    }

    void add(Latencies others) {
        for (int i = 0; i < others.count; i++) {
            add(others.nanos[i]);
        }
    }

    int count() {
        return count;
    }

    /** Returns the latency that {@code percent} of them do not exceed, zero if there are none. */
    long percentile(double percent) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return count == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(percent / 100 * count) - 1)];
    }
}
