package io.reftrail.outbox;

/**
 * What every {@link Outbox} must pass. A new one extends this, opens itself empty in {@link #open}, and lets its clock go
 * on in {@link #advance}.
 */
public abstract class OutboxCompatibilityKit extends OutboxReferralContract {}
