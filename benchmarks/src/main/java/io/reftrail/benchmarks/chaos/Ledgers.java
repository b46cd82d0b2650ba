package io.reftrail.benchmarks.chaos;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What three parties know at the end, and who was told that they are signed up.
 *
 * @param expected the customers whom a node has told so; all others were to be rolled back
 * @param committed the customers in the application's table, and when they signed up
 * @param outbox the customers of whom the outbox holds a row, settled or not
 * @param waiting those of them whose lead has no final answer
 * @param depth how many leads wait as the outbox counts them
 * @param calls what the backend was told
 */
record Ledgers(
        Set<String> expected,
        Map<String, Instant> committed,
        Set<String> outbox,
        Set<String> waiting,
        long depth,
        List<BackendCall> calls) {

    /** Copies all. */
    Ledgers {
        expected = Set.copyOf(expected);
        committed = Map.copyOf(committed);
        outbox = Set.copyOf(outbox);
        waiting = Set.copyOf(waiting);
        calls = List.copyOf(calls);
    }
}
