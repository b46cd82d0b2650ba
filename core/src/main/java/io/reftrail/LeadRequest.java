package io.reftrail;

import io.reftrail.model.Customer;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sign-up that an application reports.
 *
 * @param customer the new customer
 * @param metadata further data that backends store with the lead, such as the plan; may be empty
 * @param repeatable whether a customer who was reported before is reported again, because the backend recognises repetitions
 * @param referralCode the code that the visitor has given in a form, or {@code null} if it is the form field of the
 *     {@linkplain CodeSettings#parameter() settings}
 */
public record LeadRequest(
        Customer customer,
        Map<String, String> metadata,
        boolean repeatable,
        @Nullable String referralCode) implements Serializable {

    /** Copies the metadata. */
    public LeadRequest {
        metadata = Map.copyOf(metadata);
    }

    /** Returns the request for a customer, without metadata and code, and not repeatable. */
    public static LeadRequest of(Customer customer) {
        return new LeadRequest(customer, Map.of(), false, null);
    }

    /** Returns this request with another entry of metadata. */
    public LeadRequest with(String key, String value) {
        Map<String, String> more = new HashMap<>(metadata);
        more.put(key, value);
        return withMetadata(more);
    }

    /** Returns this request with other metadata. */
    public LeadRequest withMetadata(Map<String, String> metadata) {
        return new LeadRequest(customer, metadata, repeatable, referralCode);
    }

    /**
     * Returns this request with the code that the visitor has given.
     *
     * @param referralCode the code as it was typed; blank if the visitor has given none, {@code null} for the form field
     */
    public LeadRequest withReferralCode(@Nullable String referralCode) {
        return new LeadRequest(customer, metadata, repeatable, referralCode);
    }

    /** Returns this request, reported even if the customer was reported before. */
    public LeadRequest asRepeatable() {
        return new LeadRequest(customer, metadata, true, referralCode);
    }

    /** Returns a description without personal data. */
    @Override
    public String toString() {
        return "LeadRequest[metadata=" + metadata.keySet() + ", repeatable=" + repeatable + "]";
    }
}
