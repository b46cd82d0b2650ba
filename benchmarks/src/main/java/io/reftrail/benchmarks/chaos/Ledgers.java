package io.reftrail.benchmarks.chaos;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What three parties know at the end.
 *
 * @param committed the customers in the application's table, and when they signed up
 * @param undelivered the customers whose lead stands in the outbox without a final answer
 * @param calls what the backend was told
 */
record Ledgers(Map<String, Instant> committed, Set<String> undelivered, List<BackendCall> calls) {

    /** Copies all. */
    Ledgers {
        committed = Map.copyOf(committed);
        undelivered = Set.copyOf(undelivered);
        calls = List.copyOf(calls);
    }
}
