package io.reftrail;

import io.reftrail.delivery.DeliveryListener;
import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.outbox.LedgerEntry;
import io.reftrail.outbox.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The results of exchanged clicks that this process knows. A look-up of an unknown click starts a background query, because another
 * node may have exchanged it; a later look-up finds the result. Thread-safe.
 */
final class ExchangedClickCache {

    private static final int CAPACITY = 10_000;

    /** The time between two queries for the same click. */
    private static final Duration QUERY_INTERVAL = Duration.ofSeconds(1);

    private final Outbox outbox;
    private final BackgroundExecutor background;
    private final Clock clock;

    /**
     * Separate from the queries, so that look-ups of made-up keys displace no results. An empty result is that of a click whose
     * lead is stored.
     */
    private final Map<String, Optional<LedgerEntry>> results = new BoundedMap<>(CAPACITY);

    private final Map<String, Instant> queried = new BoundedMap<>(CAPACITY);

    ExchangedClickCache(Outbox outbox, BackgroundExecutor background, Clock clock) {
        this.outbox = outbox;
        this.background = background;
        this.clock = clock;
    }

    /** Returns the result of a click, or {@code null} if it is unknown or its lead is stored already. Does not wait. */
    @Nullable
    LedgerEntry find(String clickKey) {
        Instant now = clock.instant();
        synchronized (this) {
            Optional<LedgerEntry> result = results.get(clickKey);
            if (result != null) {
                return result.orElse(null);
            }
            Instant last = queried.get(clickKey);
            if (last != null && now.isBefore(last.plus(QUERY_INTERVAL))) {
                return null;
            }
            queried.put(clickKey, now);
        }
        background.runIfQuiet(() -> query(clickKey));
        return null;
    }

    private void query(String clickKey) {
        LedgerEntry entry = outbox.find(clickKey);
        if (entry != null && entry.verdict() != null) {
            put(clickKey, entry);
        }
    }

    private synchronized void put(String clickKey, LedgerEntry result) {
        results.putIfAbsent(clickKey, Optional.of(result));
        queried.remove(clickKey);
    }

    /** Hides the result of a click whose lead is stored, so that a page that is still loading does not set its click id again. */
    synchronized void hide(String clickKey) {
        results.put(clickKey, Optional.empty());
    }

    /** Removes all results. */
    synchronized void clear() {
        results.clear();
        queried.clear();
    }

    /** Returns a listener that stores the results of the clicks that this process sends. */
    DeliveryListener listener() {
        return new DeliveryListener() {
            @Override
            public void onSettled(Event event, Outcome outcome) {
                if (event instanceof Click click) {
                    Attribution exchanged = outcome.attribution();
                    put(
                            click.deduplicationKey(),
                            new LedgerEntry(
                                    exchanged == null ? click.attribution() : exchanged,
                                    click.occurredAt(),
                                    outcome.verdict(),
                                    outcome.reason()));
                }
            }
        };
    }
}
