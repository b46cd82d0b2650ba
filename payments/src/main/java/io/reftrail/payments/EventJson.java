package io.reftrail.payments;

import io.reftrail.PaymentReason;
import io.reftrail.model.Payment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON of providers' events. */
final class EventJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private EventJson() {}

    /** @throws WebhookRefusedException if the body is not a JSON object */
    static JsonNode parse(byte[] body) {
        try {
            JsonNode event = MAPPER.readTree(body);
            if (event != null && event.isObject()) {
                return event;
            }
        } catch (JacksonException broken) {
            throw new WebhookRefusedException(PaymentReason.UNREADABLE);
        }
        throw new WebhookRefusedException(PaymentReason.UNREADABLE);
    }

    /** Returns the text of a field, or an empty text. */
    static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isString() ? value.stringValue() : "";
    }

    /** Returns the interval of a billing period, or {@code null} if there is no constant for it. */
    static Payment.@Nullable Interval interval(Duration period) {
        long days = period.toDays();
        if (days >= 28 && days <= 31) {
            return Payment.Interval.MONTH;
        }
        if (days >= 89 && days <= 92) {
            return Payment.Interval.QUARTER;
        }
        return days >= 365 && days <= 366 ? Payment.Interval.YEAR : null;
    }
}
