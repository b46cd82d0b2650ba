package io.reftrail;

/** The trigger that makes a customer a lead. */
public enum LeadTrigger {
    /** The first sign-in of a customer who was not reported before and is not older than the click. */
    FIRST_SIGN_IN,
    /** Only a sign-up that the application reports itself; sign-ins are not reported. */
    SIGN_UP,
    /** Each sign-in that carries a click; the backend recognises repetitions. */
    EVERY_SIGN_IN
}
