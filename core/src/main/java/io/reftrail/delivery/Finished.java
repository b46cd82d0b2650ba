package io.reftrail.delivery;

import io.reftrail.outbox.Claim;
import io.reftrail.outbox.Settled;
import io.reftrail.outbox.Settlement;

/** A claim that has ended, and what to do once the outbox knows. For the dispatcher's thread alone. */
final class Finished {

    /** So often it has to fail by itself before the fault may be its own. */
    private static final int OFTEN = 3;

    private final Settled settled;
    private final Runnable report;
    private int failures;

    Finished(Claim claim, Settlement settlement, Runnable report) {
        this.settled = new Settled(claim, settlement);
        this.report = report;
    }

    Settled settled() {
        return settled;
    }

    String backend() {
        return settled.claim().event().backend();
    }

    void report() {
        report.run();
    }

    /** The outbox could not write it, and it was alone. */
    void failed() {
        failures++;
    }

    boolean hasOftenFailed() {
        return failures >= OFTEN;
    }

    /** The event and how its claim has ended; neither says anything of the person. */
    @Override
    public String toString() {
        return settled.claim().event() + ": " + settled.settlement();
    }
}
