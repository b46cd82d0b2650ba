package io.reftrail.samples.sandbox.stripe;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Is notified of each payment, as a company does that is connected to the Stripe account. */
public interface PaymentObserver {

    /** Called once for each payment that has arrived. */
    void paid(Payment payment);

    /**
     * A payment as such a company sees it.
     *
     * @param event the type of the event that reports it
     * @param id the invoice's id, or the payment intent's where there is no invoice
     * @param clientReferenceId what the application has put on the checkout, also for a later payment of that subscription
     * @param metadata of the checkout and of its subscription
     * @param amount what was paid, in the smallest unit of the currency
     */
    record Payment(
            String event,
            String id,
            @Nullable String clientReferenceId,
            Map<String, String> metadata,
            long amount,
            String currency) {}
}
