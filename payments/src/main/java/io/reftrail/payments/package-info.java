/**
 * Payments from the webhooks of payment providers. {@link io.reftrail.payments.StripePayments},
 * {@link io.reftrail.payments.PaddlePayments} and {@link io.reftrail.payments.CheckoutCustomizer} are for applications;
 * {@link io.reftrail.payments.PaymentProvider} is the SPI for a provider of one's own.
 */
@NullMarked
package io.reftrail.payments;

import org.jspecify.annotations.NullMarked;
