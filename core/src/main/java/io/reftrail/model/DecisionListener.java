package io.reftrail.model;

/**
 * A listener that is notified of every {@link Decision}, for meters and logs. Called on the thread that decided, which may serve a
 * request; must not block.
 */
@FunctionalInterface
public interface DecisionListener {

    /** Called after the decision was made. */
    void onDecision(Decision decision);
}
