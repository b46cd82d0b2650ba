package io.reftrail;

import io.reftrail.model.Decision;

/** The reasons for decisions about sign-ins. */
public enum SignInReason implements Decision.Reason {
    /** The request carries a click, so the customer was examined as a lead: see the decision of the stage {@code LEAD}. */
    EXAMINED,
    /** The request carries no click. The sign-in is remembered if it may be the customer's first one. */
    NO_CLICK,
    /** The click was reported or withdrawn earlier in the same request, or this browser has used it for a lead before. */
    ALREADY_REPORTED,
    /** The sign-in happened outside a request, so no click can be found. With {@link LeadTrigger#FIRST_SIGN_IN} it is stored. */
    NO_REQUEST,
    /** The customer was signed in before and returns, for example by a remember-me cookie. This is not reported as a lead. */
    RETURNED,
    /** The trigger is {@link LeadTrigger#SIGN_UP}: sign-ins are not reported. */
    TRIGGER_IS_SIGN_UP,
    /** The application's customer resolver returned no customer. */
    NO_CUSTOMER,
    /** The sign-in requires further factors. */
    INCOMPLETE,
    /** The authentication is not a sign-in, for example a token that is sent with each request, or a change of the user. */
    NOT_A_SIGN_IN,
    /** An exception prevented the report; the log has the exception. The cookie is kept for the next sign-in. */
    FAILED;

    @Override
    public Decision.Stage stage() {
        return Decision.Stage.SIGN_IN;
    }
}
