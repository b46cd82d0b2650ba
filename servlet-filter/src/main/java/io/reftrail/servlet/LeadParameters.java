package io.reftrail.servlet;

import io.reftrail.LeadSettings;
import io.reftrail.model.CustomerField;
import io.reftrail.model.InvalidSettingException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reads who is a lead, and what is told of them, from the init-params. */
final class LeadParameters {

    private static final String INCLUDE = "lead.include";

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
                parameters.constant("lead.trigger", otherwise.trigger()),
                include(otherwise.include()),
                parameters.instant("lead.cut-off"));
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
}
