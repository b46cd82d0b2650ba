package io.reftrail.test;

import io.reftrail.model.Lead;
import java.util.function.Predicate;

/** Assertions about one customer who has signed up. */
public final class LeadAssert extends EventAssert<LeadAssert> {

    LeadAssert(Inquiry inquiry, String first, Predicate<Report> wanted) {
        super(inquiry, LeadAssert.class, first, wanted);
    }

    private static Lead lead(Report report) {
        return (Lead) report.event();
    }

    /** Verifies the customer's e-mail address. */
    public LeadAssert withEmail(String email) {
        return and("with e-mail", email, report -> lead(report).customer().email());
    }

    /** Verifies the customer's display name. */
    public LeadAssert withName(String name) {
        return and("with name", name, report -> lead(report).customer().name());
    }

    /** Verifies the backend's name of the event. */
    public LeadAssert withEventName(String eventName) {
        return and("with event name", eventName, report -> lead(report).eventName());
    }

    /** Verifies one entry of the metadata. */
    public LeadAssert withMetadata(String key, String value) {
        return and(
                "with metadata " + key, value, report -> lead(report).metadata().get(key));
    }
}
