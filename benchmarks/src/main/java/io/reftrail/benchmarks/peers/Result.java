package io.reftrail.benchmarks.peers;

/**
 * What one contender has shown.
 *
 * @param medianNanos half of the calls took at most so long
 * @param p99Nanos as it says
 * @param perSecond events from the first call to the last arrival
 * @param bytesPerEvent what the process has allocated for each, delivery included
 * @param waitingHeap what the heap holds more when events wait in an outage
 * @param afterOutage how many of these have arrived in the end
 * @param lostAtKill of those that were reported right before a {@code kill -9}
 * @param lostAtShutdown of those that were reported right before an orderly shutdown
 * @param lostAtShutdownInOutage the same, with the backend down
 */
record Result(
        long medianNanos,
        long p99Nanos,
        double perSecond,
        long bytesPerEvent,
        long waitingHeap,
        int afterOutage,
        int lostAtKill,
        int lostAtShutdown,
        int lostAtShutdownInOutage) {

    boolean hasLostNothing(int waiting) {
        return afterOutage == waiting && lostAtKill == 0 && lostAtShutdown == 0 && lostAtShutdownInOutage == 0;
    }
}
