package io.reftrail.benchmarks.chaos;

/**
 * What the application went through.
 *
 * @param customers how many came
 * @param kills how many nodes were killed
 * @param databaseCrashed whether the database crashed
 * @param repliesInDoubt connections that ended with a call open, or that were reset: each holds one call at a time
 */
record Ordeal(int customers, int kills, boolean databaseCrashed, long repliesInDoubt) {

    /** Fewer have signed up before the database can crash. */
    static final int ENOUGH_FOR_A_CRASH = 400;

    /** What a node may have sent without having settled it: four times its 8 calls in flight are in its hands. */
    static final int IN_THE_HANDS_OF_A_NODE = 4 * 8;

    boolean needsCrash() {
        return customers >= ENOUGH_FOR_A_CRASH;
    }

    /** Whether enough has gone wrong for the result to mean something. */
    boolean isHard() {
        return kills > 0 && (databaseCrashed || !needsCrash());
    }

    /** How often a lead may have been sent again because nobody could know that the backend had it. */
    long mostDuplicates() {
        return repliesInDoubt + (long) kills * IN_THE_HANDS_OF_A_NODE;
    }
}
