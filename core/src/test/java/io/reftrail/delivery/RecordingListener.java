package io.reftrail.delivery;

import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.testing.TestLeads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what it is told. */
final class RecordingListener implements DeliveryListener {

    private final List<String> heard = new CopyOnWriteArrayList<>();

    List<String> heard() {
        return heard;
    }

    @Override
    public void onSettled(Event event, Outcome outcome) {
        heard.add(TestLeads.customer(event) + " " + outcome.verdict());
    }

    @Override
    public void onRetry(Event event, String reason, Duration delay) {
        heard.add(TestLeads.customer(event) + " RETRY " + reason);
    }

    @Override
    public void onDead(Event event, String reason) {
        heard.add(TestLeads.customer(event) + " DEAD " + reason);
    }

    @Override
    public void onPause(String backend, String reason, Duration pause) {
        heard.add(backend + " PAUSE " + pause + " " + reason);
    }
}
