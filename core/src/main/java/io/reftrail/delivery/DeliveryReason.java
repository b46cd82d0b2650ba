package io.reftrail.delivery;

import io.reftrail.model.Decision;
import io.reftrail.model.Outcome;

/** The reasons for decisions about deliveries. */
public enum DeliveryReason implements Decision.Reason {
    /** The backend recorded the event. */
    RECORDED,
    /** The backend had the event already. */
    DUPLICATE,
    /** The backend accepted the call and recorded nothing, for example because the link is inactive. */
    IGNORED,
    /** The backend refused the event. */
    REJECTED,
    /**
     * A click could not be stored: too many events wait, or the outbox cannot be reached. Where the vendor exchanges the click,
     * it is stored with the lead.
     */
    NOT_STORED,
    /** The attempt failed; the event is sent again later. */
    RETRY,
    /** The event was given up. It stays in the outbox until it is replayed or discarded. */
    DEAD,
    /** The event is not sent, because its lead was declined. */
    DECLINED,
    /** The backend asked for a pause or refused the credentials; its events wait. */
    PAUSED;

    @Override
    public Decision.Stage stage() {
        return Decision.Stage.DELIVERY;
    }

    /** Returns the reason for a final verdict. */
    public static DeliveryReason of(Outcome.Verdict verdict) {
        return switch (verdict) {
            case RECORDED -> RECORDED;
            case DUPLICATE -> DUPLICATE;
            case IGNORED -> IGNORED;
            case REJECTED -> REJECTED;
            case RETRY -> RETRY;
            case PAUSE -> PAUSED;
        };
    }
}
