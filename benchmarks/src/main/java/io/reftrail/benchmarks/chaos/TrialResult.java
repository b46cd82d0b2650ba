package io.reftrail.benchmarks.chaos;

/**
 * What the run comes to.
 *
 * @param direct what is found where the URL carries the click id
 * @param exchanged what is found where the URL carries a partner's code
 * @param exchange what has become of the clicks of the latter
 */
record TrialResult(Findings direct, Findings exchanged, Exchange exchange) {

    /** Calls that have said again what the backend knew: leads that it recognised, and clicks that nobody can recognise. */
    long repetitions() {
        return exchanged.duplicates() + exchange.repeated();
    }

    /** Whether all promises were kept, to customers of either kind, with clicks that came home and clicks that did not. */
    boolean isGood() {
        return direct.isGood()
                && exchanged.isGood()
                && repetitions() <= exchanged.ordeal().mostDuplicates()
                && exchange.isTried();
    }
}
