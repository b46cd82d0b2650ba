package io.example.acmepay;

import io.reftrail.PaymentReason;
import io.reftrail.payments.PaymentFact;
import io.reftrail.payments.PaymentFact.CustomerNamed;
import io.reftrail.payments.PaymentFact.Naming;
import io.reftrail.payments.PaymentFact.Paid;
import io.reftrail.payments.PaymentFact.Reversal;
import io.reftrail.payments.PaymentFact.Source;
import io.reftrail.payments.PaymentProvider;
import io.reftrail.payments.WebhookRefusedException;
import io.reftrail.payments.WebhookSignature;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Acme Pay, which signs as Stripe does and has two events. */
public final class AcmePay implements PaymentProvider {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final WebhookSignature signature;

    public AcmePay(String secret) {
        this.signature = new WebhookSignature(List.of(secret), Duration.ofMinutes(5));
    }

    @Override
    public String name() {
        return "acme";
    }

    @Override
    public Delivery read(byte[] body, UnaryOperator<@Nullable String> headers, Instant now) {
        signature.verify(headers.apply("Acme-Signature"), ",", "t", "v1", ".", body, now);
        try {
            JsonNode event = MAPPER.readTree(body);
            return Delivery.of(Instant.ofEpochSecond(event.path("time").asLong()), facts(event), null);
        } catch (JacksonException broken) {
            throw new WebhookRefusedException(PaymentReason.UNREADABLE);
        }
    }

    private static List<PaymentFact> facts(JsonNode event) {
        String order = event.path("order").asString("");
        long amount = event.path("amount").asLong();
        return switch (event.path("type").asString("")) {
            case "order.paid" ->
                List.of(
                        new Paid(order, Source.INVOICE, amount, 0, "EUR", null, null, null, true),
                        new CustomerNamed(
                                order, Naming.METADATA, event.path("customer").asString()));
            case "order.refunded" ->
                List.of(new Reversal(order, event.path("refund").asString(), null, Instant.EPOCH, amount, true, true));
            default -> List.of();
        };
    }
}
