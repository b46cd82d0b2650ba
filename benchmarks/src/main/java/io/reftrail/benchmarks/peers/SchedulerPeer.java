package io.reftrail.benchmarks.peers;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import io.reftrail.benchmarks.PlainClient;
import io.reftrail.benchmarks.StubBackend;
import io.reftrail.benchmarks.peer.SchedulerTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * db-scheduler with as many threads as Reftrail has calls under way, its faster way of polling, and an exponential backoff. A
 * process that has died is missed after eight seconds; by default it would take half an hour.
 */
final class SchedulerPeer implements Peer {

    private static final int THREADS = 8;

    private final HikariDataSource pool;
    private final PlainClient client;
    private final OneTimeTask<String> task;
    private final Scheduler scheduler;

    SchedulerPeer(URI server, HikariDataSource pool) throws SQLException {
        this.pool = pool;
        this.client = new PlainClient(server.resolve("/api/track/lead"), THREADS);
        SchedulerTable.createIfMissing(pool);
        this.task = Tasks.oneTime("lead", String.class)
                .onFailure(new FailureHandler.ExponentialBackoffFailureHandler<>(Duration.ofSeconds(1)))
                .execute((instance, context) -> send(instance.getData()));
        this.scheduler = Scheduler.create(pool, task)
                .serializer(new SchedulerTable.TextSerializer())
                .threads(THREADS)
                .pollUsingLockAndFetch(1, 4)
                .pollingInterval(Duration.ofMillis(100))
                .heartbeatInterval(Duration.ofSeconds(2))
                .missedHeartbeatsLimit(4)
                .build();
        scheduler.start();
    }

    private void send(String body) {
        try {
            client.send(body);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void report(String customer) {
        scheduler.scheduleIfNotExists(task.instance(customer, StubBackend.body(customer)), Instant.now());
    }

    @Override
    public void close() throws IOException {
        scheduler.stop();
        client.close();
        pool.close();
    }
}
