package io.reftrail.spring.boot;

import io.reftrail.outbox.Backlog;
import io.reftrail.outbox.DeadEvent;
import io.reftrail.outbox.Outbox;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The state of an outbox at one time.
 *
 * @param backlogs the backlog by backend
 * @param dead the oldest dead events
 */
record OutboxState(Map<String, Backlog> backlogs, List<DeadEvent> dead) {

    static OutboxState of(Outbox outbox, List<String> backends, int limit) {
        return new OutboxState(
                backends.stream().collect(Collectors.toMap(Function.identity(), outbox::backlog)), outbox.dead(limit));
    }
}
