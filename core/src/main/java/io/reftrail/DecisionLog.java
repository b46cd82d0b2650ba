package io.reftrail;

import io.reftrail.capture.CookieExchange;
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
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The log of the most recent decisions of each stage. It passes every decision on to the listener. Each stage has its own
 * capacity, so that a flood of landings does not displace the decisions about leads. Thread-safe.
 */
final class DecisionLog {

    /** The number of decisions that are kept for each stage. */
    static final int CAPACITY = 200;

    private final DecisionListener listener;
    private final Clock clock;
    private final Supplier<@Nullable String> currentRoute;
    private final Map<Stage, Deque<Decision>> recent = new EnumMap<>(Stage.class);

    /**
     * @param listener a listener that does not throw
     * @param currentRoute the route of the request that the current thread serves, or {@code null}; may throw
     */
    DecisionLog(DecisionListener listener, Clock clock, Supplier<@Nullable String> currentRoute) {
        this.listener = listener;
        this.clock = clock;
        this.currentRoute = currentRoute;
        for (Stage stage : Stage.values()) {
            recent.put(stage, new ArrayDeque<>());
        }
    }

    /** Records a decision about the request that the current thread serves. */
    void record(Decision.Reason reason, @Nullable String backend) {
        recordAt(reason, backend, quietly(currentRoute));
    }

    /** Records a decision about a request; without one, about the request that the current thread serves. */
    void record(Decision.Reason reason, @Nullable String backend, @Nullable CookieExchange exchange) {
        String route = exchange == null ? null : quietly(exchange::route);
        recordAt(reason, backend, route == null ? quietly(currentRoute) : route);
    }

    private static @Nullable String quietly(Supplier<@Nullable String> route) {
        try {
            return route.get();
        } catch (RuntimeException unknown) {
            return null;
        }
    }

    /**
     * Records a decision.
     *
     * @param where the route of the request, or the type of the event that is delivered; {@code null} for neither
     */
    void recordAt(Decision.Reason reason, @Nullable String backend, @Nullable String where) {
        Decision decision = Decision.of(clock.instant(), reason, backend, where);
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

    static String type(Event event) {
        return event.type().name().toLowerCase(Locale.ROOT);
    }

    /** Returns a listener that records deliveries. */
    DeliveryListener deliveries() {
        return new DeliveryListener() {
            @Override
            public void onSettled(Event event, Outcome outcome) {
                recordAt(DeliveryReason.of(outcome.verdict()), event.backend(), type(event));
            }

            @Override
            public void onRetry(Event event, String reason, Duration delay) {
                recordAt(DeliveryReason.RETRY, event.backend(), type(event));
            }

            @Override
            public void onDead(Event event, String reason) {
                recordAt(DeliveryReason.DEAD, event.backend(), type(event));
            }

            @Override
            public void onDeclined(Event event, String reason) {
                recordAt(DeliveryReason.DECLINED, event.backend(), type(event));
            }

            @Override
            public void onPause(String backend, String reason, Duration pause) {
                recordAt(DeliveryReason.PAUSED, backend, null);
            }
        };
    }
}
