package io.reftrail.spring;

import io.reftrail.LeadRequest;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A customer has signed up: an event for the application to publish, whatever its trigger is.
 *
 * <pre>{@code
 * events.publishEvent(CustomerSignedUp.of(Customer.of(account.id()).withEmail(account.email())).with("plan", "pro"));
 * }</pre>
 *
 * <p>Published on the thread that serves the request, it makes a lead of the click that the request carries. In a transaction
 * the lead belongs to that: it is committed with it or not at all where leads are kept in the application's database, and
 * otherwise reported after the commit. Where there is no request, as in an {@code @Async} method or a message listener, it needs
 * the {@linkplain #from(List) attributions}.
 *
 * @param customer who has signed up
 * @param metadata what else the backend shall store with the lead, such as the plan; may be empty
 * @param attributions the clicks that brought the customer, if the application has kept them; without any they are read from
 *     the request
 */
public record CustomerSignedUp(Customer customer, Map<String, String> metadata, List<Attribution> attributions) {

    /** Copies both collections. */
    public CustomerSignedUp {
        metadata = Map.copyOf(metadata);
        attributions = List.copyOf(attributions);
    }

    /** Returns the event of a customer whose click is in the request. */
    public static CustomerSignedUp of(Customer customer) {
        return new CustomerSignedUp(customer, Map.of(), List.of());
    }

    /** Returns this event with one more entry of metadata. */
    public CustomerSignedUp with(String key, String value) {
        Map<String, String> more = new HashMap<>(metadata);
        more.put(key, value);
        return new CustomerSignedUp(customer, more, attributions);
    }

    /**
     * Returns this event with a click that the application has kept itself. The request is not asked then, and the visitor's
     * cookie stays.
     */
    public CustomerSignedUp from(Attribution attribution) {
        return from(List.of(attribution));
    }

    /**
     * As {@link #from(Attribution)}, with a click for each backend: those of {@code Reftrail.attributions}, or of a controller's
     * argument. If there is none, the request is asked.
     */
    public CustomerSignedUp from(List<Attribution> attributions) {
        return new CustomerSignedUp(customer, metadata, attributions);
    }

    LeadRequest lead() {
        return LeadRequest.of(customer).withMetadata(metadata);
    }

    /** Tells nothing of the person. */
    @Override
    public String toString() {
        return "CustomerSignedUp[metadata=" + metadata.keySet() + ", attributions=" + attributions + "]";
    }
}
