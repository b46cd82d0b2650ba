package io.reftrail.backend;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a checkout, by which a vendor attributes the payments that it receives from the payment provider.
 *
 * @param metadata the entries for the metadata of a Stripe Checkout Session (and, for a subscription, for its
 *     {@code subscription_data.metadata} too), or for the {@code custom_data} of a Paddle transaction; the vendors determine the
 *     keys
 * @param clientReferenceId a value for Stripe's {@code client_reference_id}, where a vendor reads that and the application does
 *     not need it for itself; or {@code null}
 */
public record CheckoutMetadata(
        Map<String, String> metadata, @Nullable String clientReferenceId) {

    /** The key under which a checkout carries the application's id of the customer, for {@code reftrail-payments}. */
    public static final String CUSTOMER = "reftrail_customer";

    /** Empty metadata. */
    public static final CheckoutMetadata NONE = new CheckoutMetadata(Map.of(), null);

    /** Stripe refuses the whole session for a longer value, and codes come from visitors' links. */
    private static final int MAX_VALUE = 500;

    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9_-]{1,200}");

    /** Leaves out what a payment provider would refuse, so that a visitor's odd link does not make a checkout fail. */
    public CheckoutMetadata {
        Map<String, String> accepted = new TreeMap<>(metadata);
        accepted.values().removeIf(value -> value.isBlank() || value.length() > MAX_VALUE);
        metadata = Map.copyOf(accepted);
        clientReferenceId = clientReferenceId != null
                        && REFERENCE.matcher(clientReferenceId).matches()
                ? clientReferenceId
                : null;
    }

    /** Returns whether there is nothing to add to a checkout. */
    public boolean isEmpty() {
        return metadata.isEmpty() && clientReferenceId == null;
    }

    /** Returns the metadata of both. If both have a value for a key or a client reference id, this one's is used. */
    public CheckoutMetadata and(CheckoutMetadata other) {
        Map<String, String> all = new TreeMap<>(other.metadata);
        all.putAll(metadata);
        return new CheckoutMetadata(all, clientReferenceId == null ? other.clientReferenceId : clientReferenceId);
    }

    /** Leaves the values out: they identify a visitor. */
    @Override
    public String toString() {
        return "CheckoutMetadata" + metadata.keySet();
    }
}
