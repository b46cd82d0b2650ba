package io.reftrail.spring.boot;

import io.reftrail.delivery.QueueStatus;
import io.reftrail.outbox.Backlog;
import io.reftrail.outbox.DeadEvent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What the actuator endpoint answers; unknown parts are left out, whatever the application says of its own JSON.
 *
 * @param store where events wait
 * @param backends the backends by name
 * @param dead the oldest events that were given up; {@code null} if the outbox does not say
 */
record ReftrailStatus(
        String store,
        Map<String, BackendStatus> backends,
        @Nullable List<DeadEvent> dead) implements OperationResponseBody {

    /**
     * One backend.
     *
     * @param state whether events go out
     * @param pause how long it still rests; {@code null} while events go out
     * @param reason why it rests; {@code null} while events go out
     * @param inFlight calls under way from this process
     * @param waiting events that wait; {@code null} if the outbox does not say
     * @param oldestAge how long the oldest of them has waited
     * @param dead how many events were given up
     */
    record BackendStatus(
            QueueStatus.State state,
            @Nullable Duration pause,
            @Nullable String reason,
            int inFlight,
            @Nullable Long waiting,
            @Nullable Duration oldestAge,
            @Nullable Long dead) {

        static BackendStatus of(QueueStatus queue, @Nullable Backlog backlog) {
            boolean running = queue.state() == QueueStatus.State.RUNNING;
            return new BackendStatus(
                    queue.state(),
                    running ? null : queue.pause(),
                    running || queue.reason().isEmpty() ? null : queue.reason(),
                    queue.inFlight(),
                    backlog == null ? null : backlog.waiting(),
                    backlog == null ? null : backlog.oldest(),
                    backlog == null ? null : backlog.dead());
        }
    }

    static ReftrailStatus of(String store, List<QueueStatus> queues, @Nullable OutboxState state) {
        Map<String, BackendStatus> backends = new LinkedHashMap<>();
        for (QueueStatus queue : queues) {
            Backlog backlog = state == null ? null : state.backlogs().get(queue.backend());
            backends.put(queue.backend(), BackendStatus.of(queue, backlog));
        }
        return new ReftrailStatus(store, backends, state == null ? null : state.dead());
    }
}
