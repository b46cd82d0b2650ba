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
 * Where the ledgers disagree about the customers of one vendor.
 *
 * @param signedUp customers in the table who were told that they are signed up
 * @param rolledBack how many were to be rolled back
 * @param lost customers who were told that they are signed up and who are not in the table, or of whom neither backend
 *     nor outbox knows
 * @param wronglyCommitted customers in the table who were to be rolled back
 * @param invented customers whom a call named, whatever became of it, or of whom the outbox has a row, although they did
 *     not sign up
 * @param doubled customers whom the backend has counted more than once
 * @param miscredited customers whom the backend credits to somebody else than the partner who has brought them
 * @param turnedDown customers whose lead was ignored or refused
 * @param dead how many events were given up
 * @param duplicates calls that the backend recognised as repetitions: allowed where nobody can know whether a reply was a
 *     yes, so at most {@link Ordeal#mostDuplicates()}
 * @param undelivered leads that stand in the outbox at the end and not at the backend
 * @param recordedAndWaiting leads that the backend has recorded and that still wait in the outbox
 * @param depth how many events wait as the outbox counts them
 * @param ordeal what it took
 * @param seconds how long each lead took from the sign-up to the backend
 */
record Findings(
        Set<String> signedUp,
        long rolledBack,
        Set<String> lost,
        Set<String> wronglyCommitted,
        Set<String> invented,
        Set<String> doubled,
        Set<String> miscredited,
        Set<String> turnedDown,
        long dead,
        long duplicates,
        Set<String> undelivered,
        Set<String> recordedAndWaiting,
        long depth,
        Ordeal ordeal,
        List<Double> seconds) {

    static Findings of(Ledgers ledgers, Ordeal ordeal) {
        Map<String, Long> recorded = ledgers.calls().stream()
                .filter(BackendCall::isRecorded)
                .collect(Collectors.groupingBy(BackendCall::customer, Collectors.counting()));
        Set<String> signedUp = both(ledgers.expected(), ledgers.committed().keySet());
        Set<String> safe = new HashSet<>(recorded.keySet());
        safe.addAll(ledgers.waiting());
        Set<String> mentioned =
                ledgers.calls().stream().map(BackendCall::customer).collect(Collectors.toSet());
        mentioned.addAll(ledgers.outbox());
        Set<String> doubled = recorded.entrySet().stream()
                .filter(customer -> customer.getValue() > 1)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        Set<String> miscredited = ledgers.calls().stream()
                .filter(BackendCall::isRecorded)
                .filter(call -> !call.partner().equals(ledgers.partner()))
                .map(BackendCall::customer)
                .collect(Collectors.toSet());
        return new Findings(
                signedUp,
                ledgers.rolledBack(),
                without(ledgers.expected(), both(signedUp, safe)),
                without(ledgers.committed().keySet(), ledgers.expected()),
                without(mentioned, signedUp),
                doubled,
                miscredited,
                ledgers.turnedDown(),
                ledgers.dead(),
                ledgers.calls().stream().filter(BackendCall::isDuplicate).count(),
                without(ledgers.waiting(), recorded.keySet()),
                both(ledgers.waiting(), recorded.keySet()),
                ledgers.depth(),
                ordeal,
                seconds(ledgers));
    }

    private static Set<String> without(Set<String> customers, Set<String> others) {
        Set<String> rest = new HashSet<>(customers);
        rest.removeAll(others);
        return rest;
    }

    private static Set<String> both(Set<String> customers, Set<String> others) {
        Set<String> common = new HashSet<>(customers);
        common.retainAll(others);
        return common;
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

    /** Whether all promises were kept in an ordeal that deserves the name, and everything has arrived that could. */
    boolean isGood() {
        return lost.isEmpty()
                && wronglyCommitted.isEmpty()
                && invented.isEmpty()
                && doubled.isEmpty()
                && miscredited.isEmpty()
                && turnedDown.isEmpty()
                && dead == 0
                && undelivered.isEmpty()
                && recordedAndWaiting.isEmpty()
                && depth == 0
                && duplicates <= ordeal.mostDuplicates()
                && ordeal.isHard();
    }

    double secondsAt(double percent) {
        return seconds.isEmpty() ? 0 : Statistics.percentile(seconds, percent);
    }
}
