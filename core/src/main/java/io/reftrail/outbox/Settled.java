package io.reftrail.outbox;

/**
 * A claim and how it ends.
 *
 * @param claim the claim
 * @param settlement how it ends
 */
public record Settled(Claim claim, Settlement settlement) {}
