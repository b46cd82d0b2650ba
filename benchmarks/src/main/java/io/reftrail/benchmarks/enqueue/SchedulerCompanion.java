package io.reftrail.benchmarks.enqueue;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.reftrail.benchmarks.StubBackend;
import io.reftrail.benchmarks.peer.SchedulerTable.TextSerializer;
import java.time.Instant;
import javax.sql.DataSource;

/** db-scheduler's way of the same: a one-time task whose instance is the customer, so that nobody is reported twice. */
final class SchedulerCompanion implements Companion {

    private final OneTimeTask<String> report =
            Tasks.oneTime("lead", String.class).execute((task, context) -> {});
    private final SchedulerClient client;

    /** @param dataSource gives the connection of the current thread's transaction */
    SchedulerCompanion(DataSource dataSource) {
        this.client = SchedulerClient.Builder.create(dataSource, report)
                .serializer(new TextSerializer())
                .build();
    }

    @Override
    public void accompany(String customer) {
        client.scheduleIfNotExists(report.instance(customer, StubBackend.body(customer)), Instant.now());
    }
}
