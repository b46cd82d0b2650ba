package io.reftrail.delivery;

import io.reftrail.outbox.Claim;

/**
 * The leave to send one claimed event now.
 *
 * @param claim what to send
 * @param probe whether its answer decides if a paused queue goes on
 */
record Turn(Claim claim, boolean probe) {}
