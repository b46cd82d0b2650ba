package io.reftrail;

import io.reftrail.model.Customer;
import java.util.HashMap;
import java.util.Map;

/**
 * A new customer, as the application reports one.
 *
 * @param customer who has signed up
 * @param metadata what else the backend shall store with the lead, such as the plan; may be empty
 * @param repeatable whether a customer who was reported before is reported again, for callers who leave it to the backend
 *     to recognise a repetition
 */
public record LeadRequest(Customer customer, Map<String, String> metadata, boolean repeatable) {

    /** Copies the metadata. */
    public LeadRequest {
        metadata = Map.copyOf(metadata);
    }

    /** Returns the one lead of this customer. */
    public static LeadRequest of(Customer customer) {
        return new LeadRequest(customer, Map.of(), false);
    }

    /** Returns this lead with one more entry of metadata. */
    public LeadRequest with(String key, String value) {
        Map<String, String> more = new HashMap<>(metadata);
        more.put(key, value);
        return new LeadRequest(customer, more, repeatable);
    }

    /** Returns this lead with metadata in place of what it had. */
    public LeadRequest withMetadata(Map<String, String> metadata) {
        return new LeadRequest(customer, metadata, repeatable);
    }

    /** Returns this lead, to be reported even if the customer was reported before. */
    public LeadRequest repeated() {
        return new LeadRequest(customer, metadata, true);
    }

    /** Tells nothing of the person. */
    @Override
    public String toString() {
        return "LeadRequest[metadata=" + metadata.keySet() + ", repeatable=" + repeatable + "]";
    }
}
