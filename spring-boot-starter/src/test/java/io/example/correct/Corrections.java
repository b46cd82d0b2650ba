package io.example.correct;

import io.reftrail.Reftrail;
import io.reftrail.model.Attribution;

/** What an operator of the shop does when a partner calls. */
class Corrections {

    private final Reftrail reftrail;

    Corrections(Reftrail reftrail) {
        this.reftrail = reftrail;
    }

    void correct(String customerId, Attribution attribution, String operator) {
        reftrail.reattribute(customerId, attribution, "Nora brought her by phone", operator);
    }

    void takeBack(String customerId, String operator) {
        reftrail.unattribute(customerId, "paid for with a stolen card", operator);
    }
}
