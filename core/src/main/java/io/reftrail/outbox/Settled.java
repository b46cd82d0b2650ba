package io.reftrail.outbox;

/**
 * A claim and its settlement.
 *
 * @param claim the claim
 * @param settlement the end of the claim
 */
public record Settled(Claim claim, Settlement settlement) {}
