package io.reftrail.benchmarks.chaos;

/**
 * What has become of the clicks that are exchanged.
 *
 * @param customers how many customers came with a partner's code, those included who were rolled back
 * @param landings how many landings nodes have seen: more than one for a customer where a node did not answer
 * @param clicks how many clicks the backend has recorded
 * @param broughtHome how many signed up with the click id in their cookies
 * @param waited how many signed up without, so that their lead waited for its click
 */
record Exchange(int customers, int landings, long clicks, int broughtHome, int waited) {

    /** Clicks beyond one for each customer: no vendor recognises one that is sent again because its answer was lost. */
    long more() {
        return clicks - customers;
    }

    /** Of those, what further landings do not explain. */
    long repeated() {
        return Math.max(0, clicks - landings);
    }

    /** Whether both ways from a click to its lead were tried. */
    boolean isTried() {
        return broughtHome > 0 && waited > 0;
    }
}
