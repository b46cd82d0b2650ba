package io.reftrail.samples.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A customer as a call to Dub describes one, docs/contracts/dub.md sections 3.1 and 3.3. Who has no name is called by the
 * address, or by the id: the vendor's random names would tell a test nothing.
 */
record DubCustomer(
        String externalId,
        @Nullable String name,
        @Nullable String email,
        @Nullable String avatar) {

    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s.]+([.][^@\\s.]+)+");

    /** Reads the documented fields, and the older names of the id. */
    static DubCustomer of(JsonBody body) {
        @Nullable String id = body.nullable("customerExternalId", 100);
        for (String older : new String[] {"externalId", "customerId"}) {
            id = id == null ? body.nullable(older, 100) : id;
        }
        @Nullable String email = body.nullable("customerEmail", 100);
        if (email != null && !EMAIL.matcher(email).matches()) {
            body.refuse("customerEmail is not an address");
        }
        return new DubCustomer(
                id == null ? "" : id,
                body.nullable("customerName", 100),
                email,
                body.nullable("customerAvatar", Integer.MAX_VALUE));
    }

    /** The same person by another id. */
    DubCustomer called(String id) {
        return new DubCustomer(id, name, email, avatar);
    }

    Map<String, @Nullable Object> inLead() {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("name", name != null ? name : email != null ? email : externalId);
        shown.put("email", email);
        shown.put("avatar", avatar);
        shown.put("externalId", externalId);
        return shown;
    }

    Map<String, @Nullable Object> inSale() {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("id", "cus_" + externalId);
        shown.putAll(inLead());
        return shown;
    }
}
