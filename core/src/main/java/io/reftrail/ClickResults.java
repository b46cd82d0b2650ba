package io.reftrail;

import io.reftrail.outbox.LedgerEntry;
import io.reftrail.outbox.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
    private final Map<String, Optional<LedgerEntry>> settled = new Newest<>();
    private final Map<String, Instant> asked = new Newest<>();

    /** Apart from one another, so that keys that somebody makes up push out no results. */
    @SuppressWarnings("serial")
    private static final class Newest<V> extends LinkedHashMap<String, V> {

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > REMEMBERED;
        }
    }

    ClickResults(Outbox outbox, Background background, Clock clock) {
        this.outbox = outbox;
        this.background = background;
        this.clock = clock;
    }

    /** Returns the result of a click, or {@code null} if it is not known, or of no use any more. Never waits. */
    @Nullable
    LedgerEntry find(String clickKey) {
        Instant now = clock.instant();
        synchronized (this) {
            Optional<LedgerEntry> result = settled.get(clickKey);
            if (result != null) {
                return result.orElse(null);
            }
            Instant last = asked.get(clickKey);
            if (last != null && now.isBefore(last.plus(PATIENCE))) {
                return null;
            }
            asked.put(clickKey, now);
        }
        background.runIfQuiet(() -> lookUp(clickKey));
        return null;
    }

    private void lookUp(String clickKey) {
        LedgerEntry entry = outbox.find(clickKey);
        if (entry != null && entry.verdict() != null) {
            settled(clickKey, entry);
        }
    }

    /** Remembers the result of a click, unless its lead has made it useless. */
    synchronized void settled(String clickKey, LedgerEntry result) {
        settled.putIfAbsent(clickKey, Optional.of(result));
        asked.remove(clickKey);
    }

    /** A click whose lead is safe: a page that is still on its way shall not bring its click id home. */
    synchronized void used(String clickKey) {
        settled.put(clickKey, Optional.empty());
    }

    /** Forgets everything, for somebody has to be forgotten. */
    synchronized void clear() {
        settled.clear();
        asked.clear();
    }
}
