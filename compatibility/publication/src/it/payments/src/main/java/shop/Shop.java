package shop;

import io.reftrail.PaymentReason;
import io.reftrail.Reftrail;
import io.reftrail.payments.StripePayments;

/** Takes payments without Spring and without a library of Stripe's. */
public final class Shop {

    private Shop() {}

    public static PaymentReason take(Reftrail reftrail, String payload, String signature) {
        StripePayments payments = new StripePayments(reftrail, StripePayments.Settings.of("whsec_x"));
        return payments.accept(payload, signature);
    }
}
