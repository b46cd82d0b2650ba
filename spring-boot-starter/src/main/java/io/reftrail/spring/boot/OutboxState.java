package io.reftrail.spring.boot;

import io.reftrail.outbox.Backlog;
import io.reftrail.outbox.DeadEvent;
import io.reftrail.outbox.Outbox;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an outbox says of itself at one time.
 *
 * @param backlogs what waits, by backend
 * @param dead the oldest events that were given up
 */
record OutboxState(Map<String, Backlog> backlogs, List<DeadEvent> dead) {

    static OutboxState of(Outbox outbox, List<String> backends, int limit) {
        return new OutboxState(
                backends.stream().collect(Collectors.toMap(Function.identity(), outbox::backlog)), outbox.dead(limit));
    }
}
