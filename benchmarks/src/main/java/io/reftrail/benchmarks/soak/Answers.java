package io.reftrail.benchmarks.soak;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** What the shop has answered, and what of it should not have been. Thread-safe. */
final class Answers {

    private static final int MOST = 20;

    private final Map<Integer, LongAdder> byStatus = new ConcurrentHashMap<>();
    private final LongAdder unexplained = new LongAdder();
    private final Queue<String> examples = new ConcurrentLinkedQueue<>();

    void count(HttpResponse<String> response, boolean asItShouldBe) {
        byStatus.computeIfAbsent(response.statusCode(), absent -> new LongAdder())
                .increment();
        if (!asItShouldBe) {
            report(response.statusCode() + " to " + response.request().method() + " " + response.uri());
        }
    }

    /** Something that has no explanation, such as a connection that was closed. */
    void report(String what) {
        unexplained.increment();
        if (examples.size() < MOST) {
            examples.add(what);
        }
    }

    long unexplained() {
        return unexplained.sum();
    }

    /** A few of them, to look for their cause. */
    Iterable<String> examples() {
        return examples;
    }

    /** How many of each status. */
    String statuses() {
        return new TreeMap<>(byStatus).toString();
    }

    long total() {
        return byStatus.values().stream().mapToLong(LongAdder::sum).sum();
    }
}
