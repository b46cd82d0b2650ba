package io.reftrail.payments;

import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.checkout.SessionCreateParams;
import io.reftrail.Reftrail;
import io.reftrail.backend.CheckoutMetadata;
import io.reftrail.model.Attribution;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A customizer that adds metadata to a checkout. Reftrail's webhook later finds the customer by it, and so do vendors that learn of
 * payments from the payment provider. Thread-safe; never throws.
 *
 * <pre>{@code
 * checkouts.forCustomer(customerId).addTo(session);              // Stripe, SessionCreateParams.Builder
 * transaction.put("custom_data", checkouts.forCustomer(customerId).customData()); // Paddle
 * checkouts.forCustomer(customerId).link(paymentLink);           // payment links and pricing tables
 * }</pre>
 */
public final class CheckoutCustomizer {

    /** The form of a {@code client_reference_id}. Stripe removes any other value from a link without an error. */
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9_-]{1,200}");

    private final Reftrail reftrail;

    /** Creates a customizer for an application's checkouts. */
    public CheckoutCustomizer(Reftrail reftrail) {
        this.reftrail = reftrail;
    }

    /**
     * Returns the metadata for the checkout of a customer.
     *
     * @param customerId the application's id of the customer, as in the lead
     */
    public Carried forCustomer(String customerId) {
        CheckoutMetadata metadata = reftrail.checkoutMetadata(customerId);
        String reference = metadata.clientReferenceId();
        boolean ours = metadata.metadata().containsKey(CheckoutMetadata.CUSTOMER)
                && REFERENCE.matcher(customerId).matches();
        return new Carried(metadata.metadata(), reference, ours ? customerId : reference);
    }

    /**
     * Returns the metadata for the checkout of a visitor without an account: the click itself. When the payment arrives, the
     * visitor is reported as a lead together with the sale.
     *
     * @param clicks the visitor's clicks, as {@link Reftrail#attributions} returns them; may be empty
     */
    public Carried forGuest(List<Attribution> clicks) {
        return new Carried(CarriedClicks.write(clicks), null, null);
    }

    /** The metadata of one checkout. Immutable. */
    public static final class Carried {

        private final Map<String, String> metadata;
        private final @Nullable String sessionReference;
        private final @Nullable String linkReference;

        private Carried(
                Map<String, String> metadata, @Nullable String sessionReference, @Nullable String linkReference) {
            this.metadata = Map.copyOf(metadata);
            this.sessionReference = sessionReference;
            this.linkReference = linkReference;
        }

        /** Returns the metadata, for any payment provider that supports metadata; may be empty. */
        public Map<String, String> metadata() {
            return new TreeMap<>(metadata);
        }

        /**
         * Adds the metadata to a Stripe Checkout Session, and a {@code client_reference_id} if a vendor reads it. If you need your
         * own one, set it afterwards. Requires stripe-java.
         *
         * @return the builder
         */
        public SessionCreateParams.Builder addTo(SessionCreateParams.Builder session) {
            if (sessionReference != null) {
                session.setClientReferenceId(sessionReference);
            }
            metadata.forEach(session::putMetadata);
            return session;
        }

        /**
         * Adds the metadata to the subscription that a Stripe Checkout Session makes, for vendors that read it there. Reftrail's
         * webhook needs only that of the session. Requires stripe-java.
         *
         * @return the builder
         */
        public SessionCreateParams.SubscriptionData.Builder addTo(
                SessionCreateParams.SubscriptionData.Builder subscription) {
            metadata.forEach(subscription::putMetadata);
            return subscription;
        }

        /**
         * Adds the metadata to a payment intent that belongs to no Checkout Session and no invoice. Requires stripe-java.
         *
         * @return the builder
         */
        public PaymentIntentCreateParams.Builder addTo(PaymentIntentCreateParams.Builder payment) {
            metadata.forEach(payment::putMetadata);
            return payment;
        }

        /** Returns the {@code custom_data} of a Paddle transaction; you can add entries of your own. */
        public Map<String, Object> customData() {
            return new TreeMap<>(metadata);
        }

        /**
         * Returns a payment link, or the address of a pricing table, with a {@code client_reference_id}. A link that has one
         * already stays as it is, and so does one for a customer whose id Stripe would not accept there.
         */
        public String link(String url) {
            if (linkReference == null || url.contains("client_reference_id=")) {
                return url;
            }
            int hash = url.indexOf('#');
            String page = hash < 0 ? url : url.substring(0, hash);
            String fragment = hash < 0 ? "" : url.substring(hash);
            return page + (page.contains("?") ? "&" : "?") + "client_reference_id=" + linkReference + fragment;
        }

        /** Leaves the values out: they identify a customer. */
        @Override
        public String toString() {
            return "Carried" + new TreeMap<>(metadata).keySet();
        }
    }
}
