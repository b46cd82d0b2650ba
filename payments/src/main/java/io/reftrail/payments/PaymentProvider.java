package io.reftrail.payments;

import io.reftrail.PaymentReason;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A payment provider. It verifies a delivery of its webhook and returns the facts about payments in it. An implementation does no
 * I/O and keeps no state. Immutable and thread-safe.
 */
public interface PaymentProvider {

    /** Returns the provider's name as backends spell it, for example {@code stripe}: lower-case letters, never changed. */
    String name();

    /**
     * Verifies and reads a delivery.
     *
     * @param body the raw body
     * @param headers returns a header by its name, or {@code null} if there is none
     * @param now the time, against which the signature's time is checked
     * @throws WebhookRefusedException if the delivery is not the provider's, is too old, or cannot be read
     */
    Delivery read(byte[] body, UnaryOperator<@Nullable String> headers, Instant now);

    /**
     * A delivery.
     *
     * @param time the time of the event, as the provider states it
     * @param facts the facts; may be empty
     * @param email the payer's e-mail address, or {@code null}; for the lead of a customer without an account, and not stored
     * @param reason why there are no facts, or {@link PaymentReason#RECORDED}
     */
    record Delivery(
            Instant time, List<PaymentFact> facts, @Nullable String email, PaymentReason reason) {

        /** Copies the facts. */
        public Delivery {
            facts = List.copyOf(facts);
        }

        /** Returns a delivery with facts. */
        public static Delivery of(Instant time, List<PaymentFact> facts, @Nullable String email) {
            return new Delivery(
                    time, facts, email, facts.isEmpty() ? PaymentReason.NOT_A_PAYMENT : PaymentReason.RECORDED);
        }

        /** Returns a valid delivery that changes nothing. */
        public static Delivery ignored(PaymentReason reason) {
            return new Delivery(Instant.EPOCH, List.of(), null, reason);
        }

        /** Leaves ids and the e-mail address out. */
        @Override
        public String toString() {
            return "Delivery[time=" + time + ", facts=" + facts.size() + ", reason=" + reason + "]";
        }
    }
}
