package io.reftrail;

import io.reftrail.delivery.DeliveryListener;
import io.reftrail.delivery.DeliveryReason;
import io.reftrail.delivery.QueueStatus;
import io.reftrail.delivery.SendObserver;
import io.reftrail.delivery.internal.DaemonThreads;
import io.reftrail.model.Decision;
import io.reftrail.model.Decision.Stage;
import io.reftrail.model.DecisionListener;
import io.reftrail.model.Event;
import io.reftrail.model.Money;
import io.reftrail.model.Outcome;
import io.reftrail.model.RedactedFailure;
import io.reftrail.model.Refund;
import io.reftrail.model.Sale;
import io.reftrail.outbox.Count;
import io.reftrail.outbox.Figures;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The counts of decisions and deliveries by the minute, the hour and the day, and the state of each process that shares the
 * outbox, for operators. Give a new one to {@link ReftrailBuilder#monitoring}; without it nothing is counted. Counts wait in
 * memory for {@link #INTERVAL} and are then stored in the outbox in one transaction, on a separate thread. A process that is
 * killed loses what it has not stored yet. Thread-safe.
 */
public final class Monitoring {

    /** How long counts wait until they are stored. A process in which nothing happens stores nothing. */
    public static final Duration INTERVAL = Duration.ofSeconds(10);

    /** The number of calls to a backend that a process remembers. */
    static final int CALLS = 10;

    private static final Logger logger = LoggerFactory.getLogger(Reftrail.class);

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final String RESUME = "resume-";

    private final Duration interval;
    private final Map<Key, long[]> counted = new ConcurrentHashMap<>();
    private final Map<String, Deque<Call>> calls = new ConcurrentHashMap<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private @Nullable Figures figures;
    private Supplier<List<QueueStatus>> queues = List::of;
    private Resume resume = backend -> false;
    private Clock clock = Clock.systemUTC();
    private @Nullable ScheduledExecutorService thread;
    private @Nullable String reported;
    private final Map<String, Instant> followed = new HashMap<>();
    private boolean closed;

    /** Creates an instance that is not in use yet. */
    public Monitoring() {
        this(INTERVAL);
    }

    /** @param interval how long counts wait until they are stored */
    Monitoring(Duration interval) {
        this.interval = interval;
    }

    /** The end of a pause of a backend's queue in this process. */
    interface Resume {
        boolean resume(String backend);
    }

    /** The key of a count. */
    private record Key(
            Stage stage,
            Event.@Nullable Type event,
            @Nullable String backend,
            String reason,
            @Nullable String currency) {}

    /**
     * A call to a backend.
     *
     * @param at when it ended
     * @param event the kind of event that it was about, in lower case
     * @param verdict the verdict, in lower case
     * @param reason the reason for the verdict
     * @param millis how long it took
     */
    public record Call(Instant at, String event, String verdict, String reason, long millis) {}

    /**
     * The queue of one backend in one process.
     *
     * @param backend the name of the backend
     * @param state whether events are sent
     * @param pausedUntil the end of the pause, or {@code null} while events are sent
     * @param reason the reason of the pause; empty while events are sent
     * @param calls the last calls, the newest first
     */
    public record Queue(
            String backend,
            QueueStatus.State state,
            @Nullable Instant pausedUntil,
            String reason,
            List<Call> calls) {}

    /**
     * A process that shares the outbox.
     *
     * @param name the name of its host, if the environment has it, and its process id
     * @param self whether it is this process
     * @param queues its queues
     */
    public record Node(String name, boolean self, List<Queue> queues) {}

    void start(Figures to, Supplier<List<QueueStatus>> status, Resume resumption, Clock time) {
        this.figures = to;
        this.queues = status;
        this.resume = resumption;
        this.clock = time;
        schedule();
    }

    DecisionListener decisions() {
        return decision -> {
            if (decision.stage() != Stage.DELIVERY) {
                count(new Key(decision.stage(), null, decision.backend(), decision.reason(), null), 0);
            }
        };
    }

    DeliveryListener deliveries() {
        return new DeliveryListener() {
            @Override
            public void onSettled(Event event, Outcome outcome) {
                delivered(event, DeliveryReason.of(outcome.verdict()));
            }

            @Override
            public void onRetry(Event event, String reason, Duration delay) {
                delivered(event, DeliveryReason.RETRY);
            }

            @Override
            public void onDead(Event event, String reason) {
                delivered(event, DeliveryReason.DEAD);
            }

            @Override
            public void onDeclined(Event event, String reason) {
                delivered(event, DeliveryReason.DECLINED);
            }

            @Override
            public void onPause(String backend, String reason, Duration pause) {
                count(new Key(Stage.DELIVERY, null, backend, DeliveryReason.PAUSED.text(), null), 0);
            }
        };
    }

    SendObserver sends() {
        return (event, send) -> {
            long start = System.nanoTime();
            Outcome outcome = send.get();
            long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
            called(event, outcome, millis);
            return outcome;
        };
    }

    private void delivered(Event event, Decision.Reason reason) {
        Money money = reason == DeliveryReason.RETRY ? null : money(event);
        String currency = money == null ? null : money.currency().getCurrencyCode();
        Key key = new Key(Stage.DELIVERY, event.type(), event.backend(), reason.text(), currency);
        count(key, money == null ? 0 : money.minorUnits());
    }

    private static @Nullable Money money(Event event) {
        if (event instanceof Sale sale) {
            return sale.payment().amount();
        }
        return event instanceof Refund refund ? refund.amount() : null;
    }

    private void count(Key key, long amount) {
        counted.compute(key, (same, sums) -> {
            long[] sum = sums == null ? new long[2] : sums;
            sum[0]++;
            sum[1] += amount;
            return sum;
        });
        schedule();
    }

    private void called(Event event, Outcome outcome, long millis) {
        Deque<Call> last = calls.computeIfAbsent(event.backend(), absent -> new ArrayDeque<>());
        Call call = new Call(clock.instant(), lower(event.type()), lower(outcome.verdict()), outcome.reason(), millis);
        synchronized (last) {
            last.addFirst(call);
            if (last.size() > CALLS) {
                last.removeLast();
            }
        }
        schedule();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private void schedule() {
        if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
            try {
                Future<?> unused = thread().schedule(this::storeSafely, interval.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException | IllegalStateException closing) {
                logger.debug("Counts are stored when Reftrail is closed", closing);
            }
        }
    }

    private synchronized ScheduledExecutorService thread() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        if (thread == null) {
            ScheduledThreadPoolExecutor started =
                    new ScheduledThreadPoolExecutor(1, new DaemonThreads("reftrail-monitoring"));
            started.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
            thread = started;
        }
        return thread;
    }

    private void storeSafely() {
        scheduled.set(false);
        try {
            store();
            followRequests();
        } catch (RuntimeException away) {
            logger.debug("Could not store counts; they are kept in memory", RedactedFailure.of(away));
            schedule();
        }
    }

    /** Stores what was counted since the last time, and the state of this process if it has changed. */
    private synchronized void store() {
        Figures to = figures;
        if (to == null) {
            return;
        }
        Map<Key, long[]> taken = new HashMap<>();
        counted.keySet()
                .forEach(key -> counted.computeIfPresent(key, (same, sums) -> {
                    taken.put(key, sums);
                    return null;
                }));
        try {
            if (!taken.isEmpty()) {
                to.add(taken.entrySet().stream().map(Monitoring::count).toList());
            }
        } catch (RuntimeException away) {
            taken.forEach((key, sums) -> counted.merge(key, sums, Monitoring::sum));
            throw away;
        }
        String state = MAPPER.writeValueAsString(state());
        if (!state.equals(reported)) {
            to.report(state);
            reported = state;
        }
    }

    private static Count count(Map.Entry<Key, long[]> counted) {
        Key key = counted.getKey();
        return new Count(
                Instant.EPOCH,
                key.stage(),
                key.event(),
                key.backend(),
                key.reason(),
                key.currency(),
                counted.getValue()[0],
                counted.getValue()[1]);
    }

    private static long[] sum(long[] one, long[] other) {
        return new long[] {one[0] + other[0], one[1] + other[1]};
    }

    /** Looks for requests at each interval while a queue is paused, and otherwise never. */
    private void followRequests() {
        Figures to = figures;
        List<String> paused = queues.get().stream()
                .filter(queue -> queue.state() != QueueStatus.State.RUNNING)
                .map(QueueStatus::backend)
                .toList();
        if (to == null || paused.isEmpty()) {
            return;
        }
        Map<String, Instant> requests = to.requests();
        for (String backend : paused) {
            Instant request = requests.get(RESUME + backend);
            if (request != null && !request.equals(followed.put(backend, request))) {
                resume.resume(backend);
            }
        }
        schedule();
    }

    private Node state() {
        String host = System.getenv().getOrDefault("HOSTNAME", "");
        String name = (host.isBlank() ? "process" : host) + " "
                + ProcessHandle.current().pid();
        Instant now = clock.instant();
        List<Queue> states = new ArrayList<>();
        for (QueueStatus queue : queues.get()) {
            boolean running = queue.state() == QueueStatus.State.RUNNING;
            // Rounded, so that a state that does not change is not written again.
            Instant until = running
                    ? null
                    : Instant.ofEpochSecond(
                            now.plus(queue.pause()).plusMillis(500).getEpochSecond());
            states.add(new Queue(queue.backend(), queue.state(), until, queue.reason(), calls(queue.backend())));
        }
        return new Node(name, true, states);
    }

    private List<Call> calls(String backend) {
        Deque<Call> last = calls.get(backend);
        if (last == null) {
            return List.of();
        }
        synchronized (last) {
            return List.copyOf(last);
        }
    }

    /**
     * Returns the counts of all processes over the last periods of one length, up to now. Those of this process are complete; others
     * store theirs every {@link #INTERVAL}. Periods without a count are left out.
     *
     * @param length the length of a period: full minutes below an hour, full hours below a day, full days otherwise
     * @param periods the number of periods; those below an hour reach a day back at most, those below a day a week
     * @throws io.reftrail.outbox.OutboxException if the outbox cannot be reached
     */
    public Counts counts(Duration length, int periods) {
        Figures from = required();
        store();
        long unit = unit(length).toMillis();
        long now = from.now().toEpochMilli();
        Instant end = Instant.ofEpochMilli(now - now % unit + unit);
        Instant since = end.minus(length.multipliedBy(periods));
        return new Counts(since, length, periods, from.counts(since, length));
    }

    private static Duration unit(Duration length) {
        if (length.toDays() >= 1) {
            return Duration.ofDays(1);
        }
        return length.toHours() >= 1 ? Duration.ofHours(1) : length;
    }

    /**
     * Counts over time.
     *
     * @param since the beginning of the first period
     * @param length the length of a period
     * @param periods the number of periods
     * @param counts the counts, in no order
     */
    public record Counts(Instant since, Duration length, int periods, List<Count> counts) {}

    /**
     * Returns the processes that share the outbox and are alive, this one first. Others report a change within {@link #INTERVAL}.
     *
     * @throws io.reftrail.outbox.OutboxException if the outbox cannot be reached
     */
    public List<Node> nodes() {
        Figures from = required();
        List<Node> nodes = new ArrayList<>(List.of(state()));
        from.reports().forEach((id, report) -> {
            if (!id.equals(from.self())) {
                nodes.add(read(report));
            }
        });
        return nodes;
    }

    /** Returns a process without queues if this release cannot read the report. */
    private static Node read(String report) {
        try {
            Node node = MAPPER.readValue(report, Node.class);
            return new Node(node.name(), false, node.queues());
        } catch (JacksonException ofAnotherRelease) {
            return new Node("a process of another release", false, List.of());
        }
    }

    /**
     * Ends the pause of a backend's queue in all processes: here at once, in others within {@link #INTERVAL}. Each sends one event
     * as a probe.
     *
     * @return whether a backend of this name is active
     * @throws io.reftrail.outbox.OutboxException if the outbox cannot be reached; this process has ended its pause anyway
     */
    public boolean resume(String backend) {
        boolean active = resume.resume(backend);
        if (active) {
            required().request(RESUME + backend);
        }
        return active;
    }

    /** Returns how far the outbox's clock is ahead of this process's; negative if it is behind. Accurate to some milliseconds. */
    public Duration clockSkew() {
        Figures from = required();
        Instant before = clock.instant();
        Instant theirs = from.now();
        Instant after = clock.instant();
        return Duration.between(before.plus(Duration.between(before, after).dividedBy(2)), theirs);
    }

    /**
     * Requires that the outbox can store figures.
     *
     * @throws io.reftrail.model.InvalidSettingException if it lacks the tables; the message says what to do
     */
    public void require() {
        required().require();
    }

    private Figures required() {
        Figures known = figures;
        if (known == null) {
            throw new IllegalStateException("no Reftrail has been built with this monitoring");
        }
        return known;
    }

    /** Stores what is left. The outbox must still be open. */
    void close() {
        synchronized (this) {
            closed = true;
            if (thread != null) {
                thread.shutdown();
            }
        }
        store();
    }
}
