package io.reftrail.spring.boot;

import io.reftrail.outbox.DeadEvent;
import io.reftrail.outbox.Outbox;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The dead events of one backend. */
final class DeadEvents {

    private static final int BATCH = 1_000;

    private final Outbox outbox;

    DeadEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    /**
     * Replays each of a backend's dead events once; those that die again meanwhile stay dead.
     *
     * @return the number of events
     */
    int replay(String backend) {
        Set<String> replayed = new HashSet<>();
        int limit = BATCH;
        while (true) {
            List<DeadEvent> dead = outbox.dead(limit);
            List<String> found = dead.stream()
                    .filter(event -> event.backend().equals(backend))
                    .map(DeadEvent::id)
                    .filter(id -> !replayed.contains(id))
                    .toList();
            found.stream().filter(outbox::replay).forEach(replayed::add);
            if (dead.size() < limit) {
                return replayed.size();
            }
            limit = found.isEmpty() ? limit * 2 : limit;
        }
    }
}
