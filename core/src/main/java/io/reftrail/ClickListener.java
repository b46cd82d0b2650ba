package io.reftrail;

import io.reftrail.delivery.DeliveryListener;
import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.outbox.LedgerEntry;
import java.time.Duration;

/** Notes what becomes of the clicks that this process reports, so that it need not be looked up. */
final class ClickListener implements DeliveryListener {

    private final ClickResults results;
    private final DeliveryListener listener;

    ClickListener(ClickResults results, DeliveryListener listener) {
        this.results = results;
        this.listener = listener;
    }

    @Override
    public void onSettled(Event event, Outcome outcome) {
        if (event instanceof Click click) {
            Attribution said = outcome.attribution();
            Attribution attribution = said == null ? click.attribution() : said;
            results.settled(
                    click.deduplicationKey(),
                    new LedgerEntry(attribution, click.occurredAt(), outcome.verdict(), outcome.reason()));
        }
        listener.onSettled(event, outcome);
    }

    @Override
    public void onRetry(Event event, String reason, Duration delay) {
        listener.onRetry(event, reason, delay);
    }

    @Override
    public void onDead(Event event, String reason) {
        listener.onDead(event, reason);
    }

    @Override
    public void onPause(String backend, String reason, Duration pause) {
        listener.onPause(backend, reason, pause);
    }
}
