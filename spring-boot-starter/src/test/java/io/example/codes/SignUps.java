package io.example.codes;

import io.reftrail.CodeStatus;
import io.reftrail.LeadReport;
import io.reftrail.Reftrail;
import io.reftrail.capture.CookieExchange;
import io.reftrail.model.Customer;

/** A sign-up that passes the code of its form. */
class SignUps {

    private final Reftrail reftrail;

    SignUps(Reftrail reftrail) {
        this.reftrail = reftrail;
    }

    boolean signUp(CookieExchange exchange, Customer customer) {
        LeadReport report = reftrail.lead(exchange, customer, "SUMMER-NORA");
        return report.code() != CodeStatus.UNKNOWN;
    }
}
