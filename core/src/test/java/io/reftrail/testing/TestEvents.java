package io.reftrail.testing;

import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.Customer;
import io.reftrail.model.Lead;
import io.reftrail.model.Money;
import io.reftrail.model.Payment;
import io.reftrail.model.Payment.Interval;
import io.reftrail.model.Refund;
import io.reftrail.model.Sale;
import io.reftrail.model.SubscriptionChange;
import io.reftrail.model.SubscriptionChange.Kind;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A visitor's way from a partner's link that has to be exchanged to a refund. */
public final class TestEvents {

    private TestEvents() {}

    /** The attribution to a click that has yet to be exchanged. */
    public static Attribution pending(String backend, String clickKey) {
        return new Attribution(backend, null, HandSetClock.START, clickKey, Map.of());
    }

    /** A landing with all that can be known of it. */
    public static Click click(String backend, String clickKey) {
        return new Click(
                pending(backend, clickKey),
                "nora-7",
                "https://shop.example/pricing?aff=nora-7&utm_source=blog",
                "https://blog.example/review",
                "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0",
                "203.0.113.9",
                Map.of("utm_source", "blog", "sub1", "a b€"),
                HandSetClock.START);
    }

    /** The lead of a customer whose click has this key. */
    public static Lead lead(String backend, String clickKey, String customer) {
        Lead lead = Lead.of(pending(backend, clickKey), Customer.of(customer), "Sign Up", HandSetClock.START);
        return lead.following(Click.deduplicationKey(backend, clickKey));
    }

    /** A customer's sale with all that can be known of it. */
    public static Sale sale(Attribution attribution, String customer, String invoice) {
        Payment payment = Payment.of(customer, invoice, euros("29.00"))
                .forSubscription("sub-31", Interval.MONTH)
                .withProduct("team")
                .withProcessor("stripe")
                .withMetadata(Map.of("seats", "5"));
        return Sale.of(attribution, payment, "Sign Up", HandSetClock.START);
    }

    /** A customer's refund, of all or of a part. */
    public static Refund refund(Attribution attribution, String customer, String invoice, @Nullable String euros) {
        return Refund.of(
                attribution,
                customer,
                invoice,
                "refund-of-" + invoice,
                euros == null ? null : euros(euros),
                "downgrade",
                HandSetClock.START);
    }

    /** The beginning of the customer's trial. */
    public static SubscriptionChange trial(Attribution attribution, String customer) {
        return SubscriptionChange.of(
                attribution, Kind.TRIAL_STARTED, customer, "sub-31", "Sign Up", HandSetClock.START);
    }

    /** The end of the customer's subscription. */
    public static SubscriptionChange end(Attribution attribution, String customer) {
        return SubscriptionChange.of(attribution, Kind.ENDED, customer, "sub-31", "Sign Up", HandSetClock.START);
    }

    private static Money euros(String amount) {
        return Money.of(new BigDecimal(amount), "EUR");
    }
}
