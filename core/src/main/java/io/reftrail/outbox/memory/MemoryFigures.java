package io.reftrail.outbox.memory;

import io.reftrail.outbox.Count;
import io.reftrail.outbox.Figures;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The figures of the one process that uses an {@link InMemoryOutbox}. Thread-safe. */
final class MemoryFigures implements Figures {

    private static final String SELF = "memory";

    private final Clock clock;
    private final NavigableMap<Instant, Map<Count, long[]>> minutes = new TreeMap<>();
    private final NavigableMap<Instant, Map<Count, long[]>> hours = new TreeMap<>();
    private final NavigableMap<Instant, Map<Count, long[]>> days = new TreeMap<>();
    private final Map<String, Instant> requests = new HashMap<>();
    private @Nullable String report;

    MemoryFigures(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void require() {}

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public synchronized void add(List<Count> counts) {
        Instant now = clock.instant();
        add(minutes, now.truncatedTo(ChronoUnit.MINUTES), counts);
        add(hours, now.truncatedTo(ChronoUnit.HOURS), counts);
        add(days, now.truncatedTo(ChronoUnit.DAYS), counts);
        minutes.headMap(now.minus(KEPT_BY_THE_MINUTE)).clear();
        hours.headMap(now.minus(KEPT_BY_THE_HOUR)).clear();
        days.headMap(now.minus(KEPT_BY_THE_DAY)).clear();
    }

    private static void add(NavigableMap<Instant, Map<Count, long[]>> periods, Instant from, List<Count> counts) {
        Map<Count, long[]> sums = periods.computeIfAbsent(from, absent -> new HashMap<>());
        counts.forEach(count -> add(sums, count, Instant.EPOCH, count.events(), count.amount()));
    }

    private static void add(Map<Count, long[]> sums, Count count, Instant from, long events, long amount) {
        long[] sum = sums.computeIfAbsent(with(count, from, 0, 0), absent -> new long[2]);
        sum[0] += events;
        sum[1] += amount;
    }

    private static Count with(Count count, Instant from, long events, long amount) {
        return new Count(
                from, count.stage(), count.event(), count.backend(), count.reason(), count.currency(), events, amount);
    }

    @Override
    public synchronized List<Count> counts(Instant since, Duration length) {
        Map<Count, long[]> sums = new HashMap<>();
        of(length).tailMap(since).forEach((start, counts) -> {
            long into = Duration.between(since, start).toMillis() % length.toMillis();
            counts.forEach((count, sum) -> add(sums, count, start.minusMillis(into), sum[0], sum[1]));
        });
        return sums.entrySet().stream()
                .map(sum -> with(sum.getKey(), sum.getKey().from(), sum.getValue()[0], sum.getValue()[1]))
                .toList();
    }

    private NavigableMap<Instant, Map<Count, long[]>> of(Duration length) {
        if (length.toDays() >= 1) {
            return days;
        }
        return length.toHours() >= 1 ? hours : minutes;
    }

    @Override
    public synchronized void report(String state) {
        report = state;
    }

    @Override
    public synchronized Map<String, String> reports() {
        return Stream.ofNullable(report).collect(Collectors.toMap(state -> SELF, state -> state));
    }

    @Override
    public String self() {
        return SELF;
    }

    @Override
    public synchronized void request(String name) {
        requests.put(name, clock.instant());
    }

    @Override
    public synchronized Map<String, Instant> requests() {
        Instant oldest = clock.instant().minus(REQUEST_LIFE);
        requests.values().removeIf(time -> !time.isAfter(oldest));
        return Map.copyOf(requests);
    }
}
