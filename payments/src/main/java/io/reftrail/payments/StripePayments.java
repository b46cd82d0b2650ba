package io.reftrail.payments;

import io.reftrail.PaymentReason;
import io.reftrail.Reftrail;
import io.reftrail.model.InvalidSettingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Payments from Stripe's webhook. Thread-safe.
 *
 * <p>An application that has a webhook of its own passes each event on, inside its own transaction:
 *
 * <pre>{@code stripePayments.accept(payload, request.getHeader("Stripe-Signature"));}</pre>
 */
public final class StripePayments {

    /** The default tolerance of a signature's time, as in Stripe's libraries. */
    public static final Duration DEFAULT_TOLERANCE = Duration.ofMinutes(5);

    private final Payments payments;

    /**
     * Creates the payments of a Stripe account.
     *
     * @throws InvalidSettingException if there is no secret, or the outbox lacks the table for payments
     */
    public StripePayments(Reftrail reftrail, Settings settings) {
        this(reftrail, settings, Clock.systemUTC());
    }

    StripePayments(Reftrail reftrail, Settings settings, Clock clock) {
        WebhookSignature signature = new WebhookSignature(settings.secrets(), settings.tolerance());
        this.payments = new Payments(
                reftrail,
                new StripeEvents(signature, settings.live(), settings.customerByEmail()),
                settings.amount(),
                clock);
    }

    /**
     * The settings of a webhook.
     *
     * @param secrets the endpoint's signing secrets ({@code whsec_…}), of which any one may have signed; never empty
     * @param live {@code true} if live events count, {@code false} if those of test mode and sandboxes do
     * @param amount the part of a payment that is reported as the sale
     * @param customerByEmail whether the e-mail address is taken as the application's id of the customer if nothing else names
     *     the customer
     * @param tolerance how far the time of a signature may be from ours
     */
    public record Settings(
            List<String> secrets, boolean live, PaymentAmount amount, boolean customerByEmail, Duration tolerance) {

        /** @throws InvalidSettingException if there is no secret, or a blank one */
        public Settings {
            secrets = List.copyOf(secrets);
            if (secrets.isEmpty() || secrets.stream().anyMatch(String::isBlank)) {
                throw new InvalidSettingException(
                        "payments.stripe.webhook-secret",
                        "without the signing secret anybody could report payments",
                        "Copy the secret of the webhook's endpoint from Stripe's dashboard, or what 'stripe listen' prints.",
                        "payments.stripe.webhook-secret=whsec_...");
            }
        }

        /** Returns settings for live events, net amounts and the default tolerance. */
        public static Settings of(String... secrets) {
            return new Settings(List.of(secrets), true, PaymentAmount.NET, false, DEFAULT_TOLERANCE);
        }

        /** Returns these settings for events of test mode and sandboxes. */
        public Settings forTestMode() {
            return new Settings(secrets, false, amount, customerByEmail, tolerance);
        }

        /** Leaves the secrets out. */
        @Override
        public String toString() {
            return "Settings[secrets=" + secrets.size() + ", live=" + live + ", amount=" + amount + "]";
        }
    }

    /**
     * Takes an event. When this method returns, what follows from it is stored in the outbox, in the caller's transaction where
     * there is one.
     *
     * @param payload the raw body of the request, exactly as it was received
     * @param signature the header {@code Stripe-Signature}
     * @return the decision about the event
     * @throws WebhookRefusedException if the event is not Stripe's, too old, or not readable: answer with status 400
     * @throws RuntimeException if it could not be stored: answer with status 500, so that Stripe sends it again
     */
    public PaymentReason accept(String payload, String signature) {
        return payments.accept(
                payload.getBytes(StandardCharsets.UTF_8),
                name -> name.equalsIgnoreCase("Stripe-Signature") ? signature : null);
    }

    /** Returns the payments behind this, for an endpoint. */
    public Payments payments() {
        return payments;
    }
}
