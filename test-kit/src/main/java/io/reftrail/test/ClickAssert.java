package io.reftrail.test;

import io.reftrail.model.Click;
import java.util.function.Predicate;

/** Assertions about one landing. */
public final class ClickAssert extends EventAssert<ClickAssert> {

    ClickAssert(Inquiry inquiry, String first, Predicate<Report> wanted) {
        super(inquiry, ClickAssert.class, first, wanted);
    }

    /** Verifies the address that the visitor opened, without the parts that the backend does not receive. */
    public ClickAssert landingOn(String address) {
        return and("landing on", address, report -> ((Click) report.event()).landing());
    }
}
