package io.reftrail.servlet;

import io.reftrail.model.InvalidSettingException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads whose clicks may be kept from the init-params. */
final class ConsentParameters {

    private static final String TCF_PURPOSES = "consent.tcf-purposes";

    private final InitParameters parameters;

    ConsentParameters(InitParameters parameters) {
        this.parameters = parameters;
    }

    /** @throws InvalidSettingException if one of them cannot work */
    ConsentPolicy policy() {
        return new ConsentSettings(
                        parameters.text("consent.cookie-name"),
                        parameters.text("consent.cookie-granted"),
                        parameters.text("consent.cookie-refused"),
                        parameters.text("consent.tcf-cookie-name", ConsentSettings.DEFAULT.tcfCookieName()),
                        purposes(),
                        parameters.flag("capture.honour-global-privacy-control"))
                .policy();
    }

    private Set<Integer> purposes() {
        Set<Integer> purposes = new HashSet<>();
        for (String text : parameters.list(TCF_PURPOSES, List.of())) {
            try {
                purposes.add(Integer.valueOf(text));
            } catch (NumberFormatException noNumber) {
                throw new InvalidSettingException(
                        TCF_PURPOSES, "'" + text + "' is no number", "Write {prefix}consent.tcf-purposes=1 or 1,7.");
            }
        }
        return purposes;
    }
}
