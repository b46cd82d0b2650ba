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
 * The response of the actuator endpoint. Unknown values are left out, whatever the application's JSON settings are.
 *
 * @param store the description of the outbox
 * @param backends the backends by name
 * @param dead the oldest dead events; {@code null} if the outbox does not answer
 */
record ReftrailStatus(
        String store,
        Map<String, BackendStatus> backends,
        @Nullable List<DeadEvent> dead) implements OperationResponseBody {

    /**
     * The status of one backend.
     *
     * @param state the state of the backend's queue
     * @param pause the rest of the pause; {@code null} without a pause
     * @param reason the reason of the pause; {@code null} without a pause
     * @param inFlight calls in flight from this process
     * @param waiting the number of waiting events; {@code null} if the outbox does not answer
     * @param oldestAge the age of the oldest of them
     * @param dead the number of dead events
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
