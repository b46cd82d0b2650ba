package io.reftrail.console;

import io.reftrail.CodeStatus;
import io.reftrail.Monitoring;
import io.reftrail.Monitoring.Counts;
import io.reftrail.Reftrail;
import io.reftrail.capture.CaptureResult;
import io.reftrail.model.Decision.Stage;
import io.reftrail.model.Event;
import io.reftrail.outbox.Backlog;
import io.reftrail.outbox.Count;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The steps from landings to money, over a range of time, on all nodes. */
final class Funnel {

    private static final Set<String> CLICKS = Arrays.stream(CaptureResult.values())
            .filter(CaptureResult::isClick)
            .map(CaptureResult::text)
            .collect(Collectors.toSet());

    private static final Set<String> RECORDED = Set.of("recorded");

    private static final Set<String> ENQUEUED = Set.of("enqueued");

    private static final Set<String> DELIVERED = Set.of("recorded", "duplicate");

    private static final Set<String> OPTIONAL = Set.of("Visits", "Codes", "Payments");

    private final Reftrail reftrail;
    private final Monitoring monitoring;

    Funnel(Reftrail reftrail, Monitoring monitoring) {
        this.reftrail = reftrail;
        this.monitoring = monitoring;
    }

    /** A range of time up to now, in periods that a chart has room for. */
    enum Range {
        HOUR(Duration.ofMinutes(1), 60),
        DAY(Duration.ofHours(1), 24),
        WEEK(Duration.ofHours(6), 28),
        MONTH(Duration.ofDays(1), 30),
        YEAR(Duration.ofDays(7), 52);

        private final Duration period;
        private final int periods;

        Range(Duration period, int periods) {
            this.period = period;
            this.periods = periods;
        }

        /** Returns the range of a name; a day if there is none of that name. */
        static Range of(@Nullable String name) {
            return Arrays.stream(values())
                    .filter(range -> range.name().equalsIgnoreCase(name))
                    .findFirst()
                    .orElse(DAY);
        }
    }

    /**
     * A reason with its number.
     *
     * @param reason the text of the reason
     * @param meaning what it means
     * @param count how many decisions had it
     */
    record Reason(String reason, String meaning, long count) {}

    /**
     * One step of the funnel.
     *
     * @param title the name of the step
     * @param count the number that counts
     * @param unit what the number counts
     * @param passed what went on to the next step, by reason
     * @param stopped what did not, by reason
     */
    record Step(String title, long count, String unit, List<Reason> passed, List<Reason> stopped) {}

    /**
     * The money of one currency.
     *
     * @param currency the ISO 4217 code
     * @param sales the number of sales that backends have recorded
     * @param sold their sum in major units
     * @param refunds the number of refunds that backends have recorded, those of a known amount
     * @param refunded their sum in major units
     */
    record Money(String currency, long sales, String sold, long refunds, String refunded) {}

    /**
     * One period of the chart.
     *
     * @param from its beginning
     * @param clicks the captured landings
     * @param leads the stored leads
     * @param sales the stored sales
     */
    record Period(Instant from, long clicks, long leads, long sales) {}

    /**
     * The reply.
     *
     * @param range the range of time
     * @param since the beginning of the range
     * @param until its end
     * @param seconds the length of a period
     * @param backends the active backends
     * @param steps the steps, each with its reasons
     * @param wholeRefunds the recorded refunds of a whole sale, whose amount only the vendor knows
     * @param money the money by currency
     * @param periods the chart
     */
    record Reply(
            String range,
            Instant since,
            Instant until,
            long seconds,
            List<String> backends,
            List<Step> steps,
            long wholeRefunds,
            List<Money> money,
            List<Period> periods) {}

    /** @param backend the backend whose counts are wanted; those of all if it is {@code null} or empty */
    Reply read(Range range, @Nullable String backend) {
        Counts counts = monitoring.counts(range.period, range.periods);
        boolean all = backend == null || backend.isEmpty();
        List<Count> shown = counts.counts().stream()
                .filter(count ->
                        all || count.backend() == null || count.backend().equals(backend))
                .toList();
        List<String> backends = reftrail.backends().stream()
                .filter(name -> all || name.equals(backend))
                .toList();
        return new Reply(
                range.name().toLowerCase(Locale.ROOT),
                counts.since(),
                counts.since().plus(range.period.multipliedBy(range.periods)),
                range.period.toSeconds(),
                reftrail.backends(),
                steps(shown, backends),
                shown.stream()
                        .filter(count -> isRecorded(count, Event.Type.REFUND) && count.currency() == null)
                        .mapToLong(Count::events)
                        .sum(),
                money(shown),
                periods(counts, shown));
    }

    /** Visits, codes and payments have a step only if the application uses them. */
    private List<Step> steps(List<Count> shown, List<String> backends) {
        List<Step> steps = new ArrayList<>();
        steps.add(step("Visits", of(shown, Stage.TOUCH), RECORDED, (visits, others) -> "new touches from outside"));
        steps.add(step(
                "Landings",
                of(shown, Stage.LANDING),
                CLICKS,
                (captured, others) -> "captured of " + number(captured + others) + " seen"));
        steps.add(step(
                "Sign-ins",
                of(shown, Stage.SIGN_IN),
                Set.of("examined"),
                (examined, others) -> "with a click, of " + number(examined + others)));
        steps.add(step(
                "Codes",
                of(shown, Stage.CODE).stream()
                        .filter(count -> !count.reason().equals(CodeStatus.CONFIRMED.text()))
                        .toList(),
                Set.of(CodeStatus.KNOWN.text(), CodeStatus.UNCONFIRMED.text()),
                (used, others) -> "given in forms and used"));
        steps.add(step(
                "Leads", of(shown, Stage.LEAD), ENQUEUED, (stored, others) -> "stored, " + number(others) + " not"));
        steps.add(delivered(shown, backends));
        steps.add(step(
                "Payments",
                of(shown, Stage.PAYMENT),
                RECORDED,
                (payments, others) -> "deliveries of payment providers with something new"));
        steps.add(step("Sales", of(shown, Stage.SALE), ENQUEUED, (stored, others) -> "sales and refunds stored"));
        steps.removeIf(step -> OPTIONAL.contains(step.title())
                && step.passed().isEmpty()
                && step.stopped().isEmpty());
        return steps;
    }

    /**
     * Divides the counts of a step. A decision that waits for a commit is left out, because it is counted once more when it is stored.
     *
     * @param passing the reasons of what goes on to the next step
     * @param unit returns what the step's number counts, given how many have passed and how many were stopped
     */
    private static Step step(
            String title, List<Count> counts, Set<String> passing, BiFunction<Long, Long, String> unit) {
        List<Reason> passed = reasons(counts, count -> passing.contains(count.reason()));
        List<Reason> stopped = reasons(
                counts,
                count -> !passing.contains(count.reason()) && !count.reason().equals("after-commit"));
        return new Step(title, sum(passed), unit.apply(sum(passed), sum(stopped)), passed, stopped);
    }

    private Step delivered(List<Count> counts, List<String> backends) {
        List<Count> leads = of(counts, Stage.DELIVERY).stream()
                .filter(count -> count.event() == Event.Type.LEAD || count.event() == null)
                .toList();
        long waiting = backends.stream()
                .map(reftrail.operations().outbox()::backlog)
                .mapToLong(Backlog::waiting)
                .sum();
        Step step =
                step("Delivered", leads, DELIVERED, (recorded, others) -> "leads that a vendor has" + waiting(waiting));
        List<Reason> stopped = new ArrayList<>(step.stopped());
        stopped.add(new Reason("waiting", "events of all kinds that wait for their vendor now", waiting));
        return new Step(step.title(), step.count(), step.unit(), step.passed(), stopped);
    }

    private static List<Count> of(List<Count> counts, Stage stage) {
        return counts.stream().filter(count -> count.stage() == stage).toList();
    }

    private static String waiting(long count) {
        return count == 0 ? "" : "; " + number(count) + (count == 1 ? " event waits" : " events wait");
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static long sum(List<Reason> reasons) {
        return reasons.stream().mapToLong(Reason::count).sum();
    }

    private static List<Reason> reasons(List<Count> counts, Predicate<Count> which) {
        Map<String, Long> sums = new TreeMap<>();
        Map<String, Stage> stages = new TreeMap<>();
        counts.stream().filter(which).forEach(count -> {
            sums.merge(count.reason(), count.events(), Long::sum);
            stages.put(count.reason(), count.stage());
        });
        return sums.entrySet().stream()
                .map(sum -> new Reason(sum.getKey(), Words.of(stages.get(sum.getKey()), sum.getKey()), sum.getValue()))
                .sorted(Comparator.comparing(Reason::count).reversed())
                .toList();
    }

    private static boolean isRecorded(Count count, Event.Type type) {
        return count.stage() == Stage.DELIVERY
                && count.event() == type
                && count.reason().equals("recorded");
    }

    private static List<Money> money(List<Count> counts) {
        Map<String, long[]> sums = new TreeMap<>();
        for (Count count : counts) {
            int place = isRecorded(count, Event.Type.SALE) ? 0 : 2;
            if (count.currency() != null && (place == 0 || isRecorded(count, Event.Type.REFUND))) {
                long[] sum = sums.computeIfAbsent(count.currency(), absent -> new long[4]);
                sum[place] += count.events();
                sum[place + 1] += count.amount();
            }
        }
        return sums.entrySet().stream()
                .map(sum -> money(sum.getKey(), sum.getValue()))
                .toList();
    }

    private static Money money(String currency, long[] sum) {
        int digits = Currency.getInstance(currency).getDefaultFractionDigits();
        return new Money(
                currency,
                sum[0],
                BigDecimal.valueOf(sum[1], digits).toPlainString(),
                sum[2],
                BigDecimal.valueOf(sum[3], digits).toPlainString());
    }

    private static List<Period> periods(Counts counts, List<Count> shown) {
        Map<Instant, long[]> sums = new TreeMap<>();
        for (int period = 0; period < counts.periods(); period++) {
            sums.put(counts.since().plus(counts.length().multipliedBy(period)), new long[3]);
        }
        for (Count count : shown) {
            long[] sum = sums.get(count.from());
            int place = place(count);
            if (sum != null && place >= 0) {
                sum[place] += count.events();
            }
        }
        return sums.entrySet().stream()
                .map(sum -> new Period(sum.getKey(), sum.getValue()[0], sum.getValue()[1], sum.getValue()[2]))
                .toList();
    }

    private static int place(Count count) {
        boolean stored = count.reason().equals("enqueued");
        return switch (count.stage()) {
            case LANDING -> CLICKS.contains(count.reason()) ? 0 : -1;
            case LEAD -> stored ? 1 : -1;
            case SALE -> stored ? 2 : -1;
            default -> -1;
        };
    }
}
