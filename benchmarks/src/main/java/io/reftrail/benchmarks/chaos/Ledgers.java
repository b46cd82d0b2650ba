package io.reftrail.benchmarks.chaos;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What three parties know at the end of the customers of one vendor, and who was told that they are signed up.
 *
 * @param partner who has brought them all
 * @param expected the customers whom a node has told so; all others were to be rolled back
 * @param rolledBack how many others came
 * @param committed the customers in the application's table, and when they signed up
 * @param outbox the customers of whom the outbox holds a row, settled or not
 * @param waiting those of them whose lead has no final answer
 * @param turnedDown those of them whose lead has a final answer that is no yes
 * @param dead how many events the outbox has given up
 * @param depth how many events wait as the outbox counts them
 * @param calls what the backend was told
 */
record Ledgers(
        String partner,
        Set<String> expected,
        long rolledBack,
        Map<String, Instant> committed,
        Set<String> outbox,
        Set<String> waiting,
        Set<String> turnedDown,
        long dead,
        long depth,
        List<BackendCall> calls) {

    /** Copies all. */
    Ledgers {
        expected = Set.copyOf(expected);
        committed = Map.copyOf(committed);
        outbox = Set.copyOf(outbox);
        waiting = Set.copyOf(waiting);
        turnedDown = Set.copyOf(turnedDown);
        calls = List.copyOf(calls);
    }
}
