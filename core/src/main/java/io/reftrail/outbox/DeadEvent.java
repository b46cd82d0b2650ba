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
public record DeadEvent(String id, String backend, Instant occurredAt, int attempts, String reason) {

    /** The beginning of the reason of an event that the vendor may have recorded, and that must not be sent twice. */
    public static final String MAY_BE_RECORDED = "it may have been recorded and must not be sent twice";

    /** Returns whether the vendor may have recorded the event. Check the vendor's records before you replay it. */
    public boolean mayBeRecorded() {
        return reason.startsWith(MAY_BE_RECORDED);
    }
}
