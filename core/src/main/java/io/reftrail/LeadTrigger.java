package io.reftrail;

/** The trigger that makes a customer a lead. */
public enum LeadTrigger {
    /** A sign-in with a click. The customer must not be older than the click and must not have been reported before. */
    FIRST_SIGN_IN,
    /** Only a sign-up that the application reports itself; sign-ins are not reported. */
    SIGN_UP,
    /** Each sign-in that carries a click; the backend recognises repetitions. */
    EVERY_SIGN_IN
}
