package io.reftrail;

import io.reftrail.delivery.DeliveryListener;
import io.reftrail.delivery.DeliveryReason;
import io.reftrail.model.Decision;
import io.reftrail.model.Decision.Stage;
import io.reftrail.model.DecisionListener;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The most recent decisions of each stage, which passes every decision on to the listener. Each stage has its own capacity, so that a
 * flood of landings does not displace the decisions about leads. Thread-safe.
 */
final class DecisionLog {

    /** The number of decisions that are kept for each stage. */
    static final int CAPACITY = 200;

    private final DecisionListener listener;
    private final Clock clock;
    private final Map<Stage, Deque<Decision>> recent = new EnumMap<>(Stage.class);

    /** @param listener a listener that does not throw */
    DecisionLog(DecisionListener listener, Clock clock) {
        this.listener = listener;
        this.clock = clock;
        for (Stage stage : Stage.values()) {
            recent.put(stage, new ArrayDeque<>());
        }
    }

    void record(Decision.Reason reason, @Nullable String backend, @Nullable String route) {
        Decision decision = Decision.of(clock.instant(), reason, backend, route);
        Deque<Decision> decisions = Objects.requireNonNull(recent.get(decision.stage()));
        synchronized (decisions) {
            if (decisions.size() == CAPACITY) {
                decisions.removeLast();
            }
            decisions.addFirst(decision);
        }
        listener.onDecision(decision);
    }

    /** Returns the decisions that are kept, the newest first. */
    List<Decision> recent() {
        return recent.values().stream()
                .flatMap(decisions -> {
                    synchronized (decisions) {
                        return List.copyOf(decisions).stream();
                    }
                })
                .sorted(Comparator.comparing(Decision::time).reversed())
                .toList();
    }

    /** Returns a listener that records deliveries. */
    DeliveryListener deliveries() {
        return new DeliveryListener() {
            @Override
            public void onSettled(Event event, Outcome outcome) {
                record(DeliveryReason.of(outcome.verdict()), event.backend(), null);
            }

            @Override
            public void onRetry(Event event, String reason, Duration delay) {
                record(DeliveryReason.RETRY, event.backend(), null);
            }

            @Override
            public void onDead(Event event, String reason) {
                record(DeliveryReason.DEAD, event.backend(), null);
            }

            @Override
            public void onPause(String backend, String reason, Duration pause) {
                record(DeliveryReason.PAUSED, backend, null);
            }
        };
    }
}
