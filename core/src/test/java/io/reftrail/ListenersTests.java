package io.reftrail;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.capture.CaptureListener;
import io.reftrail.capture.CaptureResult;
import io.reftrail.delivery.DeliveryListener;
import io.reftrail.model.Decision;
import io.reftrail.model.DecisionListener;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.testing.LogCapture;
import io.reftrail.testing.TestLeads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A listener that throws does not keep the others from being notified. */
class ListenersTests {

    private final List<String> notified = new ArrayList<>();

    /** Throws whatever it is notified of. */
    private static final class Defective
            implements CaptureListener, LeadListener, SaleListener, DecisionListener, DeliveryListener {

        @Override
        public void onCapture(String backend, CaptureResult result) {
            throw new IllegalStateException("secret");
        }

        @Override
        public void onLead(String backend, LeadStatus status) {
            throw new IllegalStateException("secret");
        }

        @Override
        public void onSale(String backend, Event.Type type, SaleStatus status) {
            throw new NoClassDefFoundError("secret");
        }

        @Override
        public void onDecision(Decision decision) {
            throw new IllegalStateException("secret");
        }

        @Override
        public void onSettled(Event event, Outcome outcome) {
            throw new IllegalStateException("secret");
        }

        @Override
        public void onRetry(Event event, String reason, Duration delay) {
            throw new IllegalStateException("secret");
        }

        @Override
        public void onDead(Event event, String reason) {
            throw new IllegalStateException("secret");
        }

        @Override
        public void onPause(String backend, String reason, Duration pause) {
            throw new IllegalStateException("secret");
        }
    }

    private final class Working implements DeliveryListener {

        @Override
        public void onSettled(Event event, Outcome outcome) {
            notified.add("settled");
        }

        @Override
        public void onRetry(Event event, String reason, Duration delay) {
            notified.add("retry");
        }

        @Override
        public void onDead(Event event, String reason) {
            notified.add("dead");
        }

        @Override
        public void onPause(String backend, String reason, Duration pause) {
            notified.add("pause");
        }
    }

    @Test
    void eachListenerIsNotifiedWhateverTheOneBeforeThrowsAndTheLogNamesThatOne() {
        Defective defective = new Defective();
        Event lead = TestLeads.lead("introw", "kim");
        try (LogCapture log = new LogCapture()) {
            Listeners.capture(List.of(defective, (backend, result) -> notified.add("capture")))
                    .onCapture("introw", CaptureResult.CAPTURED);
            Listeners.lead(List.of(defective, (backend, status) -> notified.add("lead")))
                    .onLead("introw", LeadStatus.ENQUEUED);
            Listeners.sale(List.of(defective, (backend, type, status) -> notified.add("sale")))
                    .onSale("introw", Event.Type.SALE, SaleStatus.ENQUEUED);
            Listeners.decision(List.of(defective, decision -> notified.add("decision")))
                    .onDecision(Decision.of(Instant.EPOCH, LeadStatus.ENQUEUED, "introw", null));
            DeliveryListener deliveries = Listeners.delivery(List.of(defective, new Working()));
            deliveries.onSettled(lead, Outcome.recorded());
            deliveries.onRetry(lead, "503", Duration.ZERO);
            deliveries.onDead(lead, "old");
            deliveries.onPause("introw", "429", Duration.ZERO);

            assertThat(notified)
                    .containsExactly("capture", "lead", "sale", "decision", "settled", "retry", "dead", "pause");
            assertThat(log.lines())
                    .hasSize(8)
                    .allMatch(line -> line.startsWith("WARN The listener " + Defective.class.getName() + " failed"));
            assertThat(String.join("\n", log.lines())).doesNotContain("secret");
        }
    }
}
