package io.reftrail.outbox.jdbc;

import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import tools.jackson.core.JsonGenerator;

/** Clicks as text. */
final class ClickCodec {

    private ClickCodec() {}

    static void write(Click click, JsonGenerator generator) {
        generator.writeStringProperty("code", click.code());
        JsonFields.writePresent(generator, "landing", click.landing());
        JsonFields.writePresent(generator, "referrer", click.referrer());
        JsonFields.writePresent(generator, "userAgent", click.userAgent());
        JsonFields.writePresent(generator, "ipAddress", click.ipAddress());
        JsonFields.writeMap(generator, "parameters", click.parameters());
    }

    static Click read(Attribution attribution, JsonFields fields) {
        return new Click(
                attribution,
                fields.required("code"),
                fields.optional("landing"),
                fields.optional("referrer"),
                fields.optional("userAgent"),
                fields.optional("ipAddress"),
                fields.map("parameters"),
                fields.occurredAt());
    }
}
