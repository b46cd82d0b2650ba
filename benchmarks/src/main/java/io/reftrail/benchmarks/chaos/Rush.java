package io.reftrail.benchmarks.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Many customers who sign up at a steady rate, as long as the application keeps up. Every tenth is rolled back. */
final class Rush implements AutoCloseable {

    private static final int THREADS = 48;

    private static final int ROLLED_BACK = 10;

    private final Visitors visitors;
    private final int customers;
    private final Semaphore arrivals = new Semaphore(0);
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> arriving;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    /** @param perSecond how many arrive in a second */
    Rush(Visitors visitors, int customers, int perSecond) {
        this.visitors = visitors;
        this.customers = customers;
        this.arriving = clock.scheduleAtFixedRate(arrivals::release, 0, 1_000_000 / perSecond, TimeUnit.MICROSECONDS);
    }

    /** The name of a customer by number. */
    static String customer(int number) {
        return "customer-" + number;
    }

    static boolean isRolledBack(int number) {
        return number % ROLLED_BACK == 0;
    }

    /** Returns at once; what has happened until the end is told by the result. */
    List<Future<?>> begin() {
        List<Future<?>> drivers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            drivers.add(threads.submit(() -> {
                signUpAll();
                return null;
            }));
        }
        return drivers;
    }

    private void signUpAll() throws Exception {
        int number = arrived.incrementAndGet();
        while (number <= customers) {
            arrivals.acquire();
            visitors.signUp(number);
            done.incrementAndGet();
            number = arrived.incrementAndGet();
        }
    }

    /** How many have been answered. */
    int done() {
        return done.get();
    }

    @Override
    public void close() {
        arriving.cancel(false);
        clock.shutdownNow();
        threads.shutdownNow();
    }
}
