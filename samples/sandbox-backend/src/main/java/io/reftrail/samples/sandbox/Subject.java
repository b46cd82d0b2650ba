package io.reftrail.samples.sandbox;

import org.jspecify.annotations.Nullable;

/** Whom a call is about, as far as it says so; the feed shows it next to the verdict. */
record Subject(
        @Nullable String partner,
        @Nullable String customer,
        @Nullable String email,
        @Nullable String clickId) {

    Subject {
        customer = "".equals(customer) ? null : customer;
        clickId = "".equals(clickId) ? null : clickId;
    }

    static final Subject NOBODY = new Subject(null, null, null, null);

    Subject referredBy(Click click) {
        return new Subject(click.partner(), customer, email, clickId);
    }
}
