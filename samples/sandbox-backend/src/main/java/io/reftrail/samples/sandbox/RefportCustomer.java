package io.reftrail.samples.sandbox;

import org.jspecify.annotations.Nullable;

/** A customer as Refport shows one, docs/contracts/refport.md section 3.1: what the merchant just told. */
record RefportCustomer(
        String externalId, @Nullable String email, @Nullable String name) {

    static RefportCustomer of(JsonBody body) {
        body.optional("customerAvatar");
        body.optionalObject("metadata");
        return new RefportCustomer(
                body.required("customerExternalId"), body.optional("customerEmail"), body.optional("customerName"));
    }
}
