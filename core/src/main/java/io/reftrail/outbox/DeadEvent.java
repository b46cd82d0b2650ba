package io.reftrail.outbox;

import java.time.Instant;

/**
 * An event that was given up, without the person it is about.
 *
 * @param id the outbox's id of the event
 * @param backend the backend it was for
 * @param occurredAt when it happened
 * @param attempts how often it was sent
 * @param reason why it was given up
 */
public record DeadEvent(String id, String backend, Instant occurredAt, int attempts, String reason) {}
