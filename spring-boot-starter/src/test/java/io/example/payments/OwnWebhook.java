package io.example.payments;

import io.reftrail.payments.StripePayments;
import org.springframework.transaction.annotation.Transactional;

/** A shop that has a webhook already passes each event on, in its own transaction. */
class OwnWebhook {

    private final StripePayments stripePayments;

    OwnWebhook(StripePayments stripePayments) {
        this.stripePayments = stripePayments;
    }

    @Transactional
    public void handle(String payload, String signature) {
        stripePayments.accept(payload, signature);
        // the shop's own work: provision the subscription, write an invoice, ...
    }
}
