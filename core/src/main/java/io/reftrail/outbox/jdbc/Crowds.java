package io.reftrail.outbox.jdbc;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/** Knows for which backends too many events wait, without counting them each time. */
final class Crowds {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    private final ToLongFunction<String> waiting;
    private final long room;
    private final LongSupplier nanoTime;
    private final Map<String, Look> looks = new ConcurrentHashMap<>();

    private record Look(boolean crowded, long at) {}

    /**
     * @param waiting counts what waits for a backend, up to the room
     * @param room how many may wait
     */
    Crowds(ToLongFunction<String> waiting, long room) {
        this(waiting, room, System::nanoTime);
    }

    Crowds(ToLongFunction<String> waiting, long room, LongSupplier nanoTime) {
        this.waiting = waiting;
        this.room = room;
        this.nanoTime = nanoTime;
    }

    boolean isCrowded(String backend) {
        long now = nanoTime.getAsLong();
        Look last = looks.get(backend);
        if (last == null || now - last.at() > BETWEEN_LOOKS.toNanos()) {
            last = new Look(waiting.applyAsLong(backend) >= room, now);
            looks.put(backend, last);
        }
        return last.crowded();
    }
}
