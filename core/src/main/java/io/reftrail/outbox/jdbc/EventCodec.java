package io.reftrail.outbox.jdbc;

import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.model.Refund;
import io.reftrail.model.Sale;
import java.io.StringWriter;
import java.util.Locale;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/**
 * Events as text. The attribution is kept apart from the rest, because it stays when the event is settled. Fields that a
 * later version adds are passed over, so old and new nodes can share an outbox while an application is being updated.
 */
final class EventCodec {

    String attribution(Attribution attribution) {
        return write(generator -> {
            JsonFields.writePresent(generator, "clickId", attribution.clickId());
            JsonFields.writePresent(generator, "clickedAt", attribution.clickedAt());
            JsonFields.writePresent(generator, "clickKey", attribution.clickKey());
            JsonFields.writeMap(generator, "details", attribution.details());
        });
    }

    String payload(Event event) {
        return write(generator -> {
            generator.writeStringProperty("type", event.type().name().toLowerCase(Locale.ROOT));
            generator.writeStringProperty("occurredAt", event.occurredAt().toString());
            if (event instanceof Lead lead) {
                LeadCodec.write(lead, generator);
            } else if (event instanceof Click click) {
                ClickCodec.write(click, generator);
            } else if (event instanceof Sale sale) {
                SaleCodec.write(sale, generator);
            } else if (event instanceof Refund refund) {
                SaleCodec.write(refund, generator);
            }
        });
    }

    private static String write(Consumer<JsonGenerator> properties) {
        StringWriter text = new StringWriter(256);
        try (JsonGenerator generator = JsonFields.generator(text)) {
            generator.writeStartObject();
            properties.accept(generator);
            generator.writeEndObject();
        }
        return text.toString();
    }

    /** @throws IllegalArgumentException if the text is not ours, or of a kind that a later version has brought */
    Attribution attribution(String backend, String attribution) {
        JsonFields fields = JsonFields.read(attribution);
        return new Attribution(
                backend,
                fields.optional("clickId"),
                fields.instant("clickedAt"),
                fields.optional("clickKey"),
                fields.map("details"));
    }

    /** @throws IllegalArgumentException if the text is not ours, or of a kind that a later version has brought */
    Event event(String backend, String attribution, String payload) {
        JsonFields fields = JsonFields.read(payload);
        Attribution credited = attribution(backend, attribution);
        return switch (fields.required("type")) {
            case "lead" -> LeadCodec.read(credited, fields);
            case "click" -> ClickCodec.read(credited, fields);
            case "sale" -> SaleCodec.sale(credited, fields);
            case "refund" -> SaleCodec.refund(credited, fields);
            default -> throw new IllegalArgumentException("an event of an unknown type");
        };
    }
}
