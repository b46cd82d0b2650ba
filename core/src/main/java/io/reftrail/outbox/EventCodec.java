package io.reftrail.outbox;

import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events as text. The attribution is kept apart from the rest, because it stays when the event is settled. Fields that a
 * later version adds are passed over, so old and new nodes can share an outbox while an application is being updated.
 */
final class EventCodec {

    private static final String LEAD = "lead";

    private final JsonMapper json = JsonMapper.builder().build();

    String attribution(Event event) {
        return json.createObjectNode()
                .put("clickId", event.attribution().clickId())
                .put("clickedAt", text(event.attribution().clickedAt()))
                .toString();
    }

    String payload(Event event) {
        Lead lead = (Lead) event;
        ObjectNode node = json.createObjectNode()
                .put("type", LEAD)
                .put("eventName", lead.eventName())
                .put("occurredAt", lead.occurredAt().toString())
                .put("key", lead.deduplicationKey())
                .put("follows", lead.follows());
        node.putObject("customer")
                .put("id", lead.customer().id())
                .put("email", lead.customer().email())
                .put("name", lead.customer().name())
                .put("createdAt", text(lead.customer().createdAt()));
        ObjectNode metadata = node.putObject("metadata");
        lead.metadata().forEach(metadata::put);
        return node.toString();
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
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
                .forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asString()));
        Instant occurredAt = instant(node, "occurredAt");
        return new Lead(
                attribution(backend, attribution),
                new Customer(
                        required(customer, "id"),
                        optional(customer, "email"),
                        optional(customer, "name"),
                        instant(customer, "createdAt")),
                required(node, "eventName"),
                occurredAt == null ? Instant.EPOCH : occurredAt,
                metadata,
                required(node, "key"),
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
