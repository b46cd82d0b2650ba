package io.reftrail.benchmarks.drain;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.reftrail.benchmarks.PlainClient;
import io.reftrail.benchmarks.StubBackend;
import io.reftrail.benchmarks.peer.SchedulerTable.TextSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** db-scheduler with its faster way of polling for a PostgreSQL, and batches larger than its defaults. */
final class SchedulerContender implements Contender {

    private static final int BATCH = 1_000;

    /** In multiples of the threads; the fastest of those that were tried here. */
    private static final double LOWER_LIMIT = 1;

    private static final double UPPER_LIMIT = 4;

    private final DataSource dataSource;
    private final int threads;
    private final OneTimeTask<String> report;
    private CountDownLatch left = new CountDownLatch(0);

    SchedulerContender(DataSource dataSource, PlainClient client, int threads) {
        this.dataSource = dataSource;
        this.threads = threads;
        this.report = Tasks.oneTime("lead", String.class).execute((task, context) -> {
            try {
                client.send(task.getData());
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
    }

    @Override
    public String name() {
        return "db-scheduler, lock-and-fetch";
    }

    @Override
    public void fill(List<String> customers) {
        SchedulerClient client = SchedulerClient.Builder.create(dataSource, report)
                .serializer(new TextSerializer())
                .build();
        Instant now = Instant.now();
        for (int from = 0; from < customers.size(); from += BATCH) {
            List<TaskInstance<?>> batch = customers.subList(from, Math.min(customers.size(), from + BATCH)).stream()
                    .<TaskInstance<?>>map(customer -> report.instance(customer, StubBackend.body(customer)))
                    .toList();
            client.scheduleBatch(batch, now);
        }
        left = new CountDownLatch(customers.size());
    }

    @Override
    public long drain() throws Exception {
        Scheduler scheduler = Scheduler.create(dataSource, report)
                .serializer(new TextSerializer())
                .threads(threads)
                .pollUsingLockAndFetch(LOWER_LIMIT, UPPER_LIMIT)
                .pollingInterval(Duration.ofMillis(100))
                .addSchedulerListener(new AbstractSchedulerListener() {
                    @Override
                    public void onExecutionComplete(ExecutionComplete executionComplete) {
                        left.countDown();
                    }
                })
                .build();
        long start = System.nanoTime();
        scheduler.start();
        boolean done = left.await(10, TimeUnit.MINUTES);
        long took = System.nanoTime() - start;
        scheduler.stop();
        if (!done) {
            throw new IllegalStateException(left.getCount() + " tasks are left");
        }
        return took;
    }
}
