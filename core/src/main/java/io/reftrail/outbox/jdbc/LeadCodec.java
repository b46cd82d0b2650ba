package io.reftrail.outbox.jdbc;

import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.Lead;
import tools.jackson.core.JsonGenerator;

/** Leads as text. */
final class LeadCodec {

    private LeadCodec() {}

    static void write(Lead lead, JsonGenerator generator) {
        Customer customer = lead.customer();
        generator.writeStringProperty("eventName", lead.eventName());
        JsonFields.writePresent(
                generator, "key", lead.deduplicationKey().equals(usualKey(lead)) ? null : lead.deduplicationKey());
        JsonFields.writePresent(generator, "follows", lead.follows());
        JsonFields.writePresent(generator, "confirms", lead.confirms() ? "yes" : null);
        generator.writeObjectPropertyStart("customer");
        generator.writeStringProperty("id", customer.id());
        JsonFields.writePresent(generator, "email", customer.email());
        JsonFields.writePresent(generator, "name", customer.name());
        JsonFields.writePresent(generator, "avatar", customer.avatar());
        JsonFields.writePresent(generator, "createdAt", customer.createdAt());
        generator.writeEndObject();
        JsonFields.writeMap(generator, "metadata", lead.metadata());
    }

    private static String usualKey(Lead lead) {
        return Lead.deduplicationKey(
                lead.backend(), lead.eventName(), lead.customer().id());
    }

    static Lead read(Attribution attribution, JsonFields fields) {
        JsonFields customer = fields.object("customer");
        Lead lead = Lead.of(
                attribution,
                new Customer(
                        customer.required("id"),
                        customer.optional("email"),
                        customer.optional("name"),
                        customer.optional("avatar"),
                        customer.instant("createdAt")),
                fields.required("eventName"),
                fields.occurredAt());
        String key = fields.optional("key");
        return new Lead(
                lead.attribution(),
                lead.customer(),
                lead.eventName(),
                lead.occurredAt(),
                fields.map("metadata"),
                key == null ? lead.deduplicationKey() : key,
                fields.optional("follows"),
                fields.optional("confirms") != null);
    }
}
