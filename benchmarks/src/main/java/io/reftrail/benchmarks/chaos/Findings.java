package io.reftrail.benchmarks.chaos;

import io.reftrail.benchmarks.Rounds;
import io.reftrail.benchmarks.chaos.Ledgers.Call;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The differences between the ledgers of a vendor.
 *
 * @param signedUp customers in the table whose sign-up was answered with success
 * @param rolledBack the number of customers who were to be rolled back
 * @param lost customers whose sign-up was answered with success, but who are not in the table, or neither at the backend nor
 *     in the outbox
 * @param wronglyCommitted customers in the table who were to be rolled back
 * @param invented customers who have not signed up, but are named by a call of any verdict, or have a row in the outbox
 * @param doubled customers that the backend has recorded more than once
 * @param miscredited customers that the backend credits to another partner
 * @param turnedDown customers whose lead was ignored or rejected
 * @param dead the number of dead events
 * @param duplicates calls that the backend has recognised as repetitions. They are allowed where a reply may have been lost, so
 *     at most {@link Ordeal#mostDuplicates()} times
 * @param undelivered leads that are in the outbox at the end, and not at the backend
 * @param recordedAndWaiting leads that the backend has recorded, and that still wait in the outbox
 * @param depth how many events wait, as the outbox counts them
 * @param ordeal what the application has gone through
 * @param seconds the time from each sign-up to the backend
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
                .filter(Call::isRecorded)
                .collect(Collectors.groupingBy(Call::customer, Collectors.counting()));
        Set<String> signedUp = both(ledgers.expected(), ledgers.committed().keySet());
        Set<String> safe = new HashSet<>(recorded.keySet());
        safe.addAll(ledgers.waiting());
        Set<String> mentioned = ledgers.calls().stream().map(Call::customer).collect(Collectors.toSet());
        mentioned.addAll(ledgers.outbox());
        Set<String> doubled = recorded.entrySet().stream()
                .filter(customer -> customer.getValue() > 1)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        Set<String> miscredited = ledgers.calls().stream()
                .filter(Call::isRecorded)
                .filter(call -> !call.partner().equals(ledgers.partner()))
                .map(Call::customer)
                .collect(Collectors.toSet());
        List<Double> seconds = ledgers.calls().stream()
                .filter(Call::isRecorded)
                .filter(call -> ledgers.committed().containsKey(call.customer()))
                .map(call -> Duration.between(ledgers.committed().getOrDefault(call.customer(), call.at()), call.at())
                                .toMillis()
                        / 1e3)
                .toList();
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
                ledgers.calls().stream().filter(Call::isDuplicate).count(),
                without(ledgers.waiting(), recorded.keySet()),
                both(ledgers.waiting(), recorded.keySet()),
                ledgers.depth(),
                ordeal,
                seconds);
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

    /** Returns whether all promises were kept in an ordeal of enough faults, and everything has arrived. */
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
        return seconds.isEmpty() ? 0 : Rounds.percentile(seconds, percent);
    }

    /**
     * What the application has gone through.
     *
     * @param customers the number of customers
     * @param kills how many nodes were killed
     * @param databaseCrashed whether the database has crashed
     * @param repliesInDoubt connections that were reset or have ended with an open call. Each holds one call at a time
     */
    record Ordeal(int customers, int kills, boolean databaseCrashed, long repliesInDoubt) {

        /** With fewer customers the run may end before the database crashes. */
        static final int ENOUGH_FOR_A_CRASH = 400;

        /** How many calls a node may have sent without settling them: it claims four times its 8 calls in flight. */
        static final int CLAIMED_BY_A_NODE = 4 * 8;

        boolean needsCrash() {
            return customers >= ENOUGH_FOR_A_CRASH;
        }

        /** Returns whether enough has failed for the result to mean something. */
        boolean isHard() {
            return kills > 0 && (databaseCrashed || !needsCrash());
        }

        /** Returns how often leads may have been sent again because their reply may have been lost. */
        long mostDuplicates() {
            return repliesInDoubt + (long) kills * CLAIMED_BY_A_NODE;
        }
    }

    /**
     * What has become of the clicks that are exchanged.
     *
     * @param customers the customers who came with a partner's code, including those who were rolled back
     * @param landings the landings that nodes have received: more than one for a customer where a node did not answer
     * @param clicks the clicks that the backend has recorded
     * @param withClickId the customers who have signed up with the click id in their cookies
     * @param withoutClickId those who have signed up without it, so that their lead waited for its click
     */
    record Exchange(int customers, int landings, long clicks, int withClickId, int withoutClickId) {

        /** Returns how many clicks there are besides one for each customer. No vendor recognises a repeated click. */
        long more() {
            return clicks - customers;
        }

        /** Returns how many of them are not explained by further landings. */
        long repeated() {
            return Math.max(0, clicks - landings);
        }

        /** Returns whether both ways from a click to its lead have occurred. */
        boolean isTried() {
            return withClickId > 0 && withoutClickId > 0;
        }
    }

    /**
     * The result of the run.
     *
     * @param direct the findings where the URL carries the click id
     * @param exchanged the findings where the URL carries a partner's code
     * @param exchange the clicks of the latter
     */
    record Result(Findings direct, Findings exchanged, Exchange exchange) {

        /** Returns how many calls were repeated: leads, which the backend recognises, and clicks, which it does not. */
        long repetitions() {
            return exchanged.duplicates() + exchange.repeated();
        }

        /** Returns whether all promises were kept for both vendors, and both ways from a click to its lead were tried. */
        boolean isGood() {
            return direct.isGood()
                    && exchanged.isGood()
                    && repetitions() <= exchanged.ordeal().mostDuplicates()
                    && exchange.isTried();
        }
    }
}
