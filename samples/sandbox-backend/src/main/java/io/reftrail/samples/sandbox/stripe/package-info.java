/**
 * A small Stripe on this machine: customers, subscriptions, invoices, payments, refunds and disputes in memory, a part of
 * Stripe's API, a payment page, and signed webhooks. Start reading at {@link io.reftrail.samples.sandbox.stripe.StripeAccount}.
 */
@NullMarked
package io.reftrail.samples.sandbox.stripe;

import org.jspecify.annotations.NullMarked;
