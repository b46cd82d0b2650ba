package io.reftrail.spring.boot;

import io.reftrail.Reftrail;
import io.reftrail.delivery.QueueStatus;
import io.reftrail.model.Decision;
import io.reftrail.outbox.Backlog;
import io.reftrail.outbox.DeadEvent;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.Withheld;
import io.reftrail.outbox.WithheldEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * The reply of the actuator endpoint. Unknown parts are left out, however the application configures its own JSON.
 *
 * @param store the description of the outbox
 * @param backends the backends by name
 * @param dead the oldest dead events; {@code null} if the outbox does not answer
 * @param withheld the leads that policies hold or have declined; {@code null} if the outbox does not answer
 */
record ReftrailStatus(
        String store,
        Map<String, BackendStatus> backends,
        @Nullable List<DeadEvent> dead,
        @Nullable List<WithheldLead> withheld)
        implements OperationResponseBody {

    /**
     * The state of one backend.
     *
     * @param state whether events are sent
     * @param pause the rest of the pause; {@code null} while events are sent
     * @param reason the reason of the pause; {@code null} while events are sent
     * @param inFlight the calls in flight from this process
     * @param waiting the waiting events; {@code null} if the outbox does not answer
     * @param oldestAge how long the oldest of them has waited
     * @param dead the number of dead events
     * @param held the number of leads that policies hold
     */
    record BackendStatus(
            QueueStatus.State state,
            @Nullable Duration pause,
            @Nullable String reason,
            int inFlight,
            @Nullable Long waiting,
            @Nullable Duration oldestAge,
            @Nullable Long dead,
            @Nullable Long held) {

        static BackendStatus of(QueueStatus queue, @Nullable Backlog backlog) {
            boolean running = queue.state() == QueueStatus.State.RUNNING;
            return new BackendStatus(
                    queue.state(),
                    running ? null : queue.pause(),
                    running || queue.reason().isEmpty() ? null : queue.reason(),
                    queue.inFlight(),
                    backlog == null ? null : backlog.waiting(),
                    backlog == null ? null : backlog.oldest(),
                    backlog == null ? null : backlog.dead(),
                    backlog == null ? null : backlog.held());
        }
    }

    /**
     * A lead that a policy holds or has declined, without personal data.
     *
     * @param id the outbox's id of it
     * @param backend the name of the backend
     * @param state whether it is held or declined
     * @param reason the policy's reason
     * @param occurredAt the time of the sign-up
     * @param since the time from which it is withheld
     */
    record WithheldLead(String id, String backend, Withheld state, String reason, Instant occurredAt, Instant since) {

        static WithheldLead of(WithheldEvent event) {
            return new WithheldLead(
                    event.id(),
                    event.attribution().backend(),
                    event.state(),
                    event.reason(),
                    event.occurredAt(),
                    event.since());
        }
    }

    static ReftrailStatus of(String store, List<QueueStatus> queues, @Nullable OutboxState state) {
        Map<String, BackendStatus> backends = new LinkedHashMap<>();
        for (QueueStatus queue : queues) {
            Backlog backlog = state == null ? null : state.backlogs().get(queue.backend());
            backends.put(queue.backend(), BackendStatus.of(queue, backlog));
        }
        return new ReftrailStatus(
                store, backends, state == null ? null : state.dead(), state == null ? null : state.withheld());
    }

    /**
     * The last decisions of this process, the newest first, up to 200 for each stage.
     *
     * @param decisions without personal data
     */
    record Decisions(List<Decision> decisions) implements OperationResponseBody {}

    /**
     * The state of an outbox at one time.
     *
     * @param backlogs the waiting events by backend
     * @param dead the oldest dead events
     * @param withheld the leads that policies hold or have declined
     */
    record OutboxState(Map<String, Backlog> backlogs, List<DeadEvent> dead, List<WithheldLead> withheld) {

        static OutboxState of(Reftrail reftrail, int limit) {
            Outbox outbox = reftrail.operations().outbox();
            return new OutboxState(
                    reftrail.backends().stream().collect(Collectors.toMap(Function.identity(), outbox::backlog)),
                    outbox.dead(limit),
                    reftrail.operations().withheld(limit).stream()
                            .map(WithheldLead::of)
                            .toList());
        }
    }
}
