package io.reftrail.outbox;

/** The state of a stored event that is not sent, because a policy holds or has declined it. */
public enum Withheld {
    /** The event waits for an operator, and what follows it waits too. */
    HELD,
    /** The event was declined, and what follows it is declined too. An operator can still release it, until it is discarded. */
    DECLINED
}
