package io.reftrail.servlet;

import io.reftrail.LeadSettings;
import io.reftrail.model.CustomerField;
import io.reftrail.model.InvalidSettingException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads who is a lead, and what is told of them, from the init-params. */
final class LeadParameters {

    private static final String INCLUDE = "lead.include";
    private static final String CUT_OFF = "lead.cut-off";

    /** An init-param without a value counts as absent, so an empty list has to be written. */
    private static final List<String> NOTHING = List.of("none");

    private final InitParameters parameters;

    LeadParameters(InitParameters parameters) {
        this.parameters = parameters;
    }

    /** @throws InvalidSettingException if one of them cannot work */
    LeadSettings settings() {
        LeadSettings otherwise = LeadSettings.DEFAULT;
        return new LeadSettings(
                parameters.constant("lead.trigger", otherwise.trigger()), include(otherwise.include()), cutOff());
    }

    private Set<CustomerField> include(Set<CustomerField> otherwise) {
        List<String> names = parameters.list(INCLUDE, List.of());
        if (names.isEmpty()) {
            return otherwise;
        }
        EnumSet<CustomerField> fields = EnumSet.noneOf(CustomerField.class);
        if (!names.equals(NOTHING)) {
            names.forEach(name -> fields.add(parameters.constantOf(INCLUDE, name, CustomerField.class)));
        }
        return fields;
    }

    private @Nullable Instant cutOff() {
        String text = parameters.text(CUT_OFF);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException noInstant) {
            throw new InvalidSettingException(
                    CUT_OFF, "'" + text + "' is no instant", "Write one such as '2026-11-21T00:00:00Z'.");
        }
    }
}
