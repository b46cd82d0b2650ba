package io.reftrail.benchmarks.kill;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Hears what victims say until they are killed: leads that were enqueued, and how long that took. */
final class Acknowledged {

    private final List<String> customers = new ArrayList<>();
    private long nanos;

    /** Returns a latch that opens when the victim is ready, or has gone. The thread ends with the victim. */
    CountDownLatch listenTo(BufferedReader victim, List<Thread> threads) {
        CountDownLatch ready = new CountDownLatch(1);
        Thread thread = new Thread(() -> listen(victim, ready), "listener");
        threads.add(thread);
        thread.start();
        return ready;
    }

    private void listen(BufferedReader victim, CountDownLatch ready) {
        try (victim) {
            for (String line = victim.readLine(); line != null; line = victim.readLine()) {
                ready.countDown();
                hear(line);
            }
        } catch (IOException killed) {
            ready.countDown();
        } finally {
            ready.countDown();
        }
    }

    private synchronized void hear(String line) {
        String[] words = line.split(" ", -1);
        if (words.length == 3 && words[2].equals(".")) {
            customers.add(words[0]);
            nanos += Long.parseLong(words[1]);
        }
    }

    synchronized List<String> customers() {
        return List.copyOf(customers);
    }

    synchronized double meanMicros() {
        return customers.isEmpty() ? 0 : nanos / 1e3 / customers.size();
    }
}
