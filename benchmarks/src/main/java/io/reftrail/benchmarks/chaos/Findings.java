package io.reftrail.benchmarks.chaos;

import io.reftrail.benchmarks.Statistics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the ledgers disagree.
 *
 * @param lost customers who signed up and of whom neither backend nor outbox knows
 * @param invented customers of whom backend or outbox knows although they did not sign up
 * @param doubled customers whom the backend has counted more than once
 * @param duplicates calls that the backend recognised as repetitions: allowed, since nobody knows whether a lost reply
 *     was a yes
 * @param undelivered leads that stand in the outbox at the end
 * @param seconds how long each lead took from the sign-up to the backend
 */
record Findings(
        Set<String> lost,
        Set<String> invented,
        Set<String> doubled,
        long duplicates,
        int undelivered,
        List<Double> seconds) {

    static Findings of(Ledgers ledgers) {
        Map<String, Long> recorded = ledgers.calls().stream()
                .filter(BackendCall::isRecorded)
                .collect(Collectors.groupingBy(BackendCall::customer, Collectors.counting()));
        Set<String> known = new HashSet<>(recorded.keySet());
        known.addAll(ledgers.undelivered());
        Set<String> doubled = recorded.entrySet().stream()
                .filter(customer -> customer.getValue() > 1)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return new Findings(
                without(ledgers.committed().keySet(), known),
                without(known, ledgers.committed().keySet()),
                doubled,
                ledgers.calls().stream().filter(BackendCall::isDuplicate).count(),
                ledgers.undelivered().size(),
                seconds(ledgers));
    }

    private static Set<String> without(Set<String> customers, Set<String> others) {
        Set<String> rest = new HashSet<>(customers);
        rest.removeAll(others);
        return rest;
    }

    private static List<Double> seconds(Ledgers ledgers) {
        return ledgers.calls().stream()
                .filter(BackendCall::isRecorded)
                .filter(call -> ledgers.committed().containsKey(call.customer()))
                .map(call -> seconds(ledgers.committed().getOrDefault(call.customer(), call.at()), call.at()))
                .toList();
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1e3;
    }

    /** Whether all promises were kept, and everything has arrived that could. */
    boolean isGood() {
        return lost.isEmpty() && invented.isEmpty() && doubled.isEmpty() && undelivered == 0;
    }

    double secondsAt(double percent) {
        return seconds.isEmpty() ? 0 : Statistics.percentile(seconds, percent);
    }
}
