package io.reftrail;

import io.reftrail.model.Customer;
import java.util.HashMap;
import java.util.Map;

/**
 * A sign-up that an application reports.
 *
 * @param customer the new customer
 * @param metadata further data that backends store with the lead, such as the plan; may be empty
 * @param repeatable whether a customer who was reported before is reported again, because the backend recognises repetitions
 */
public record LeadRequest(Customer customer, Map<String, String> metadata, boolean repeatable) {

    /** Copies the metadata. */
    public LeadRequest {
        metadata = Map.copyOf(metadata);
    }

    /** Returns the request for a customer, without metadata and not repeatable. */
    public static LeadRequest of(Customer customer) {
        return new LeadRequest(customer, Map.of(), false);
    }

    /** Returns this request with another entry of metadata. */
    public LeadRequest with(String key, String value) {
        Map<String, String> more = new HashMap<>(metadata);
        more.put(key, value);
        return new LeadRequest(customer, more, repeatable);
    }

    /** Returns this request with other metadata. */
    public LeadRequest withMetadata(Map<String, String> metadata) {
        return new LeadRequest(customer, metadata, repeatable);
    }

    /** Returns this request, reported even if the customer was reported before. */
    public LeadRequest repeated() {
        return new LeadRequest(customer, metadata, true);
    }

    /** Returns a description without personal data. */
    @Override
    public String toString() {
        return "LeadRequest[metadata=" + metadata.keySet() + ", repeatable=" + repeatable + "]";
    }
}
