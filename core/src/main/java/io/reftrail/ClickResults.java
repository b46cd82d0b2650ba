package io.reftrail;

import io.reftrail.outbox.LedgerEntry;
import io.reftrail.outbox.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has become of clicks, as far as this process knows. Whoever asks for one that is not known makes it look, for the
 * next one who asks: another process may have exchanged the click.
 */
final class ClickResults {

    private static final int REMEMBERED = 10_000;

    /** Between two looks at a click that was not exchanged yet. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Outbox outbox;
    private final Background background;
    private final Clock clock;
    private final Map<String, Known> known = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Known(@Nullable LedgerEntry result, Instant lookedAt) {}

    ClickResults(Outbox outbox, Background background, Clock clock) {
        this.outbox = outbox;
        this.background = background;
        this.clock = clock;
    }

    /** Returns the result of a click, or {@code null} if it is not known, or there is none yet. Never waits. */
    @Nullable
    LedgerEntry find(String clickKey) {
        Instant now = clock.instant();
        synchronized (known) {
            Known found = known.get(clickKey);
            if (found != null
                    && (found.result() != null || now.isBefore(found.lookedAt().plus(PATIENCE)))) {
                return found.result();
            }
            known.put(clickKey, new Known(null, now));
        }
        background.run(() -> lookUp(clickKey));
        return null;
    }

    private void lookUp(String clickKey) {
        LedgerEntry entry = outbox.find(clickKey);
        if (entry != null && entry.verdict() != null) {
            settled(clickKey, entry);
        }
    }

    /** Remembers the result of a click. */
    void settled(String clickKey, LedgerEntry result) {
        synchronized (known) {
            known.put(clickKey, new Known(result, clock.instant()));
        }
    }
}
