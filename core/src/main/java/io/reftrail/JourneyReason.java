package io.reftrail;

import io.reftrail.model.Decision;

/** The reasons of decisions about customers' journeys. */
enum JourneyReason implements Decision.Reason {
    /** The touches are stored with the customer. */
    STORED,
    /** The customer has a journey already, and the new touches are not added to it. */
    ALREADY_STORED,
    /** The application reported a sign-up whose request carries no touch. */
    NO_TOUCH,
    /** The customer is older than the touches; the cookie stays. */
    EXISTING_CUSTOMER,
    /** Nothing shows whether the customer is new; the cookie stays. */
    AGE_UNKNOWN,
    /** The payment or refund is stored with the journey. */
    CONVERTED,
    /** The payment or refund was stored before, or the customer has no journey. */
    NOT_CONVERTED,
    /** The journey was corrected by hand. */
    CORRECTED,
    /** It could not be stored. */
    REFUSED;

    @Override
    public Decision.Stage stage() {
        return Decision.Stage.JOURNEY;
    }
}
