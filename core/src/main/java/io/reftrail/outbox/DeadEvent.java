package io.reftrail.outbox;

import java.time.Instant;

/**
 * A dead event, without personal data.
 *
 * @param id the outbox's id of the event
 * @param backend the name of the backend
 * @param occurredAt the time of the event
 * @param attempts the number of attempts
 * @param reason why it was given up
 */
public record DeadEvent(String id, String backend, Instant occurredAt, int attempts, String reason) {}
