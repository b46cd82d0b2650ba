package io.reftrail.benchmarks.drain;

import io.reftrail.benchmarks.PlainClient;
import io.reftrail.benchmarks.StubBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The ceiling: leads that wait in memory are sent and forgotten. */
final class ClientAlone implements Contender {

    private final PlainClient client;
    private final int threads;
    private final ConcurrentLinkedQueue<String> waiting = new ConcurrentLinkedQueue<>();

    ClientAlone(PlainClient client, int threads) {
        this.client = client;
        this.threads = threads;
    }

    @Override
    public String name() {
        return "httpclient5 alone";
    }

    @Override
    public void fill(List<String> customers) {
        waiting.addAll(customers);
    }

    @Override
    public long drain() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            long start = System.nanoTime();
            List<Future<?>> senders = new ArrayList<>();
            Callable<?> sending = this::send;
            for (int i = 0; i < threads; i++) {
                senders.add(executor.submit(sending));
            }
            for (Future<?> sender : senders) {
                sender.get();
            }
            return System.nanoTime() - start;
        } finally {
            executor.shutdownNow();
        }
    }

    private boolean send() throws Exception {
        String customer = waiting.poll();
        while (customer != null) {
            client.send(StubBackend.body(customer));
            customer = waiting.poll();
        }
        return true;
    }
}
