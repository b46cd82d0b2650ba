/**
 * Payments from the webhooks of payment providers. {@link io.reftrail.payments.StripePayments} is for applications;
 * {@link io.reftrail.payments.PaymentProvider} is the SPI for a provider of one's own.
 */
@NullMarked
package io.reftrail.payments;

import org.jspecify.annotations.NullMarked;
