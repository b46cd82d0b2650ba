package io.reftrail.spring;

import io.reftrail.LeadRequest;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event that your application publishes when a customer has signed up.
 *
 * <pre>{@code
 * events.publishEvent(CustomerSignedUp.of(Customer.of(account.id()).withEmail(account.email())).with("plan", "pro"));
 * }</pre>
 *
 * <p>If you publish it on the thread that serves the request, the click in the request becomes a lead. In a transaction the lead is
 * committed or rolled back with the transaction, if leads are stored in the application's database; otherwise it is reported after
 * the commit. Outside of a request, as in an {@code @Async} method or a message listener, pass the
 * {@linkplain #from(List) attributions}.
 *
 * @param customer the customer
 * @param metadata what the backend stores with the lead in addition, such as the plan; may be empty
 * @param attributions the clicks of the customer, if your application has kept them; if empty, they are read from the request
 * @param referralCode the code that the visitor has given, or {@code null} for the form field of {@code referral-codes.parameter}
 */
public record CustomerSignedUp(
        Customer customer,
        Map<String, String> metadata,
        List<Attribution> attributions,
        @Nullable String referralCode) {

    /** Copies both collections. */
    public CustomerSignedUp {
        metadata = Map.copyOf(metadata);
        attributions = List.copyOf(attributions);
    }

    /** Returns an event for a customer whose click is in the request. */
    public static CustomerSignedUp of(Customer customer) {
        return new CustomerSignedUp(customer, Map.of(), List.of(), null);
    }

    /** Returns this event with one more entry of metadata. */
    public CustomerSignedUp with(String key, String value) {
        Map<String, String> more = new HashMap<>(metadata);
        more.put(key, value);
        return new CustomerSignedUp(customer, more, attributions, referralCode);
    }

    /**
     * Returns this event with a click that your application has kept. The request is then ignored, and the visitor keeps the
     * cookie.
     */
    public CustomerSignedUp from(Attribution attribution) {
        return from(List.of(attribution));
    }

    /**
     * Returns this event with a click for each backend, as {@code Reftrail.attributions} or a controller argument gives them. If the
     * list is empty, the request is read.
     */
    public CustomerSignedUp from(List<Attribution> attributions) {
        return new CustomerSignedUp(customer, metadata, attributions, referralCode);
    }

    /** Returns this event with the code that the visitor has typed in a form. Without effect on an event with attributions. */
    public CustomerSignedUp withReferralCode(String referralCode) {
        return new CustomerSignedUp(customer, metadata, attributions, referralCode);
    }

    LeadRequest lead() {
        return LeadRequest.of(customer).withMetadata(metadata).withReferralCode(referralCode);
    }

    /** Leaves the person out. */
    @Override
    public String toString() {
        return "CustomerSignedUp[metadata=" + metadata.keySet() + ", attributions=" + attributions + "]";
    }
}
