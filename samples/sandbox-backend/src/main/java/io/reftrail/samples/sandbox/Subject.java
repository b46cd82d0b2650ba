package io.reftrail.samples.sandbox;

import org.jspecify.annotations.Nullable;

/** The partner, customer and sum of a call, as far as it contains them; the feed shows them next to the verdict. */
record Subject(
        @Nullable String partner,
        @Nullable String customer,
        @Nullable String email,
        @Nullable String clickId,
        @Nullable Money money) {

    Subject {
        customer = "".equals(customer) ? null : customer;
        clickId = "".equals(clickId) ? null : clickId;
    }

    Subject(@Nullable String partner, @Nullable String customer, @Nullable String email, @Nullable String clickId) {
        this(partner, customer, email, clickId, null);
    }

    static final Subject NOBODY = new Subject(null, null, null, null);

    Subject referredBy(Click click) {
        return new Subject(click.partner(), customer, email, click.id(), money);
    }

    Subject paying(@Nullable Money sum) {
        return new Subject(partner, customer, email, clickId, sum);
    }
}
