package io.reftrail.samples.sandbox;

import io.reftrail.samples.sandbox.CallFeed.CallKind;
import io.reftrail.samples.sandbox.stripe.PaymentObserver;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The vendors that are connected to the payment provider and are notified of payments there: each that finds its documented keys in
 * the metadata of the checkout credits the payment (docs/contracts/affihub.md section 3.6, affitor.md section 3.7,
 * refport.md section 3.4). The feed shows the provider's event instead of a path, because no vendor documents one.
 */
@Component
final class ConnectedVendors implements PaymentObserver {

    private final List<Dialect> dialects;
    private final CallFeed feed;

    ConnectedVendors(List<Dialect> dialects, CallFeed feed) {
        this.dialects = dialects;
        this.feed = feed;
    }

    @Override
    public void paid(Payment payment) {
        Checkout checkout = new Checkout(
                payment.clientReferenceId(),
                payment.metadata(),
                new Money(payment.amount(), payment.currency()),
                payment.id());
        for (Dialect dialect : dialects) {
            dialect.paid(checkout)
                    .ifPresent(answer -> feed.add(
                            dialect.name(),
                            "POST",
                            "stripe: " + payment.event(),
                            CallKind.SALE,
                            200,
                            answer.verdict(),
                            answer.reason(),
                            answer.subject()));
        }
    }

    /**
     * A payment as in the payment provider's webhook: what an application has put on a Stripe Checkout Session, and the sum.
     *
     * @param invoiceId the provider's identifier of the payment
     */
    record Checkout(@Nullable String clientReferenceId, Map<String, String> metadata, Money money, String invoiceId) {

        /** What the application has handed over under this key, {@code null} if nothing. */
        @Nullable
        String value(String key) {
            return metadata.get(key);
        }
    }
}
