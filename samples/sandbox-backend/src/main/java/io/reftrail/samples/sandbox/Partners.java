package io.reftrail.samples.sandbox;

/** What every vendor would know about the partners of the sandbox beside their codes. */
final class Partners {

    /** A partner's address is the code and this. */
    static final String DOMAIN = "@partners.example";

    private Partners() {}
}
