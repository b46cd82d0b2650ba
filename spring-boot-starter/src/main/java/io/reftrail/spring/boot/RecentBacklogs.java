package io.reftrail.spring.boot;

import io.reftrail.Reftrail;
import io.reftrail.outbox.Backlog;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The backlogs of all backends, for meters and health checks. The outbox is queried at most every ten seconds, however many
 * callers there are. The values of a slow outbox are at most a minute old; those of an unavailable one are unknown.
 */
final class RecentBacklogs {

    private static final long RECENT = Duration.ofSeconds(10).toNanos();
    private static final long OUTDATED = Duration.ofMinutes(1).toNanos();

    private final Reftrail reftrail;
    private final OutboxReader reader;
    private final Duration patience;
    private final LongSupplier nanoTime;
    private final Map<String, Recent> backlogs = new ConcurrentHashMap<>();

    /**
     * @param patience how long the first caller waits for the outbox
     * @param nanoTime the time, as {@link System#nanoTime()}
     */
    RecentBacklogs(Reftrail reftrail, OutboxReader reader, Duration patience, LongSupplier nanoTime) {
        this.reftrail = reftrail;
        this.reader = reader;
        this.patience = patience;
        this.nanoTime = nanoTime;
    }

    /** Returns a backend's backlog, or {@code null} if the outbox does not answer. Never throws. */
    @Nullable
    Backlog of(String backend) {
        return backlogs.computeIfAbsent(backend, Recent::new).get();
    }

    private final class Recent {

        private final String backend;
        private @Nullable Future<Backlog> question;
        private @Nullable Backlog answer;
        private long askedAt = nanoTime.getAsLong() - RECENT;
        private long answeredAt;

        Recent(String backend) {
            this.backend = backend;
        }

        synchronized @Nullable Backlog get() {
            long now = nanoTime.getAsLong();
            boolean first = false;
            if (question == null && now - askedAt >= RECENT) {
                askedAt = now;
                question = reader.ask(() -> reftrail.operations().outbox().backlog(backend));
                first = true;
            }
            if (question != null) {
                await(question, now, first ? patience : Duration.ZERO);
            }
            return answer != null && now - answeredAt < OUTDATED ? answer : null;
        }

        private void await(Future<Backlog> asked, long now, Duration atMost) {
            try {
                answer = asked.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
                answeredAt = now;
                question = null;
            } catch (ExecutionException away) {
                answer = null;
                question = null;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } catch (TimeoutException later) {
                return;
            }
        }
    }
}
