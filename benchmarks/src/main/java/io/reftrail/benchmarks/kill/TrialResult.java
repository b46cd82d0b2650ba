package io.reftrail.benchmarks.kill;

/**
 * What became of a store's leads.
 *
 * @param acknowledged how many were enqueued, as far as their victim could still say so
 * @param lost how many of those nobody knows any more
 * @param waiting how many stand in the outbox although the last process had time to deliver them
 * @param duplicates how many calls were repetitions
 * @param stalls how many victims have delivered nothing
 * @param meanMicros how long enqueueing took on the average
 * @param seconds how long the cycles took
 */
record TrialResult(
        long acknowledged, long lost, long waiting, long duplicates, int stalls, double meanMicros, double seconds) {

    /** Whether there were leads, and nothing happened to them. */
    boolean isGood() {
        return acknowledged > 0 && lost == 0 && waiting == 0 && stalls == 0;
    }
}
