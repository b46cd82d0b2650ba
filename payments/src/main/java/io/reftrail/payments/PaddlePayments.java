package io.reftrail.payments;

import io.reftrail.PaymentReason;
import io.reftrail.Reftrail;
import io.reftrail.model.InvalidSettingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Payments from the webhook of Paddle Billing. No Paddle library is needed. Thread-safe.
 *
 * <p>An application that has a webhook of its own passes each event on, inside its own transaction:
 *
 * <pre>{@code paddlePayments.accept(payload, request.getHeader("Paddle-Signature"));}</pre>
 */
public final class PaddlePayments {

    /** The default tolerance of a signature's time. It allows for differences of clocks; a repeated event changes nothing anyway. */
    public static final Duration DEFAULT_TOLERANCE = Duration.ofMinutes(5);

    private final Payments payments;

    /**
     * Creates the payments of a Paddle account.
     *
     * @throws InvalidSettingException if there is no secret, or the outbox lacks the table for payments
     */
    public PaddlePayments(Reftrail reftrail, Settings settings) {
        this(reftrail, settings, Clock.systemUTC());
    }

    PaddlePayments(Reftrail reftrail, Settings settings, Clock clock) {
        WebhookSignature signature = new WebhookSignature(settings.secrets(), settings.tolerance());
        this.payments = new Payments(
                reftrail, new PaddleEvents(signature, settings.customerByEmail()), settings.amount(), clock);
    }

    /**
     * The settings of a webhook. Paddle's sandbox has accounts and secrets of its own, so its events are not mixed with live ones.
     *
     * @param secrets the secret keys of the notification destination ({@code pdl_ntfset_…}), of which any one may have signed;
     *     never empty
     * @param amount the part of a payment that is reported as the sale
     * @param customerByEmail whether the e-mail address is taken as the application's id of the customer if nothing else names
     *     the customer
     * @param tolerance how far the time of a signature may be from ours
     */
    public record Settings(List<String> secrets, PaymentAmount amount, boolean customerByEmail, Duration tolerance) {

        /** @throws InvalidSettingException if there is no secret, or a blank one */
        public Settings {
            secrets = List.copyOf(secrets);
            if (secrets.isEmpty() || secrets.stream().anyMatch(String::isBlank)) {
                throw new InvalidSettingException(
                        "payments.paddle.webhook-secret",
                        "without the secret key anybody could report payments",
                        "Copy the secret key of the notification destination from Paddle's dashboard.",
                        "payments.paddle.webhook-secret=pdl_ntfset_...");
            }
        }

        /** Returns settings for net amounts and the default tolerance. */
        public static Settings of(String... secrets) {
            return new Settings(List.of(secrets), PaymentAmount.NET, false, DEFAULT_TOLERANCE);
        }

        /** Leaves the secrets out. */
        @Override
        public String toString() {
            return "Settings[secrets=" + secrets.size() + ", amount=" + amount + "]";
        }
    }

    /**
     * Takes an event. When this method returns, what follows from it is stored in the outbox, in the caller's transaction where
     * there is one.
     *
     * @param payload the raw body of the request, exactly as it was received
     * @param signature the header {@code Paddle-Signature}
     * @return the decision about the event
     * @throws WebhookRefusedException if the event is not Paddle's, too old, or not readable: answer with status 400
     * @throws RuntimeException if it could not be stored: answer with status 500, so that Paddle sends it again
     */
    public PaymentReason accept(String payload, String signature) {
        return payments.accept(
                payload.getBytes(StandardCharsets.UTF_8),
                name -> name.equalsIgnoreCase("Paddle-Signature") ? signature : null);
    }

    /** Returns the payments behind this, for an endpoint. */
    public Payments payments() {
        return payments;
    }
}
