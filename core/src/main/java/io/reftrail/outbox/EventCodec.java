package io.reftrail.outbox;

import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events as text. The attribution is kept apart from the rest, because it stays when the event is settled. Fields that a
 * later version adds are passed over, so old and new nodes can share an outbox while an application is being updated.
 */
final class EventCodec {

    private static final String LEAD = "lead";

    private final JsonMapper json = JsonMapper.builder().build();

    String attribution(Event event) {
        return write(generator -> {
            writePresent(generator, "clickId", event.attribution().clickId());
            writePresent(generator, "clickedAt", event.attribution().clickedAt());
        });
    }

    String payload(Event event) {
        Lead lead = (Lead) event;
        Customer customer = lead.customer();
        return write(generator -> {
            generator.writeStringProperty("type", LEAD);
            generator.writeStringProperty("eventName", lead.eventName());
            generator.writeStringProperty("occurredAt", lead.occurredAt().toString());
            writePresent(
                    generator, "key", lead.deduplicationKey().equals(usualKey(lead)) ? null : lead.deduplicationKey());
            writePresent(generator, "follows", lead.follows());
            generator.writeObjectPropertyStart("customer");
            generator.writeStringProperty("id", customer.id());
            writePresent(generator, "email", customer.email());
            writePresent(generator, "name", customer.name());
            writePresent(generator, "createdAt", customer.createdAt());
            generator.writeEndObject();
            if (!lead.metadata().isEmpty()) {
                generator.writeObjectPropertyStart("metadata");
                lead.metadata().forEach(generator::writeStringProperty);
                generator.writeEndObject();
            }
        });
    }

    private static String usualKey(Lead lead) {
        return Lead.deduplicationKey(
                lead.backend(), lead.eventName(), lead.customer().id());
    }

    private String write(Consumer<JsonGenerator> properties) {
        StringWriter text = new StringWriter(256);
        try (JsonGenerator generator = json.createGenerator(text)) {
            generator.writeStartObject();
            properties.accept(generator);
            generator.writeEndObject();
        }
        return text.toString();
    }

    private static void writePresent(JsonGenerator generator, String name, @Nullable Object value) {
        if (value != null) {
            generator.writeStringProperty(name, value.toString());
        }
    }

    /** @throws IllegalArgumentException if the text is not ours, or of a kind that a later version has brought */
    Attribution attribution(String backend, String attribution) {
        JsonNode node = read(attribution);
        return new Attribution(backend, required(node, "clickId"), instant(node, "clickedAt"));
    }

    /** @throws IllegalArgumentException if the text is not ours, or of a kind that a later version has brought */
    Event event(String backend, String attribution, String payload) {
        JsonNode node = read(payload);
        if (!required(node, "type").equals(LEAD)) {
            throw new IllegalArgumentException("an event of an unknown type");
        }
        JsonNode customer = node.path("customer");
        Map<String, String> metadata = new LinkedHashMap<>();
        node.path("metadata")
                .properties()
                .forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asString("")));
        Instant occurredAt = instant(node, "occurredAt");
        String key = optional(node, "key");
        Lead lead = Lead.of(
                attribution(backend, attribution),
                new Customer(
                        required(customer, "id"),
                        optional(customer, "email"),
                        optional(customer, "name"),
                        instant(customer, "createdAt")),
                required(node, "eventName"),
                occurredAt == null ? Instant.EPOCH : occurredAt);
        return new Lead(
                lead.attribution(),
                lead.customer(),
                lead.eventName(),
                lead.occurredAt(),
                metadata,
                key == null ? lead.deduplicationKey() : key,
                optional(node, "follows"));
    }

    private JsonNode read(String text) {
        try {
            return json.readTree(text);
        } catch (JacksonException broken) {
            throw new IllegalArgumentException("no JSON", broken);
        }
    }

    private static String required(JsonNode node, String field) {
        String text = optional(node, field);
        if (text == null) {
            throw new IllegalArgumentException("no " + field);
        }
        return text;
    }

    private static @Nullable String optional(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isString() ? value.asString() : null;
    }

    private static @Nullable Instant instant(JsonNode node, String field) {
        String text = optional(node, field);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException broken) {
            throw new IllegalArgumentException("no time in " + field, broken);
        }
    }
}
