package io.reftrail.servlet;

import io.reftrail.ReftrailBuilder;
import io.reftrail.backend.BackendProvider;
import io.reftrail.backend.BackendSettings;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.backend.declared.BackendDeclaration;
import io.reftrail.model.InvalidSettingException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The backends that the init-params configure. */
final class BackendParameters {

    private BackendParameters() {}

    /**
     * Adds the backends.
     *
     * @return whether there is any
     * @throws io.reftrail.model.InvalidSettingException if one of them cannot work
     */
    static boolean addTo(ReftrailBuilder builder, InitParameters parameters) {
        boolean active = false;
        for (BackendSettings<?> vendor : BackendProvider.all()) {
            TrackingBackend backend = vendor.create(parameters::value);
            if (backend != null) {
                builder.backend(backend);
                active = true;
            }
        }
        for (String name : parameters.list("backends", List.of())) {
            builder.backend(declared(name, parameters));
            active = true;
        }
        return active;
    }

    /** Returns the backend whose declaration an init-param names: a resource of the class path, or a file below WEB-INF. */
    private static TrackingBackend declared(String name, InitParameters parameters) {
        String setting = "backends." + name + ".declaration";
        String location = parameters.text(setting);
        try (InputStream stream = location == null ? null : parameters.resource(location)) {
            if (location == null || stream == null) {
                throw new InvalidSettingException(
                        setting,
                        location == null ? "the value is missing" : "there is no " + location,
                        "Write a resource of the class path, for example '/acme.json', or '/WEB-INF/acme.json'.");
            }
            BackendDeclaration declaration = BackendDeclaration.read(location, stream);
            if (!declaration.name().equals(name)) {
                throw new InvalidSettingException(
                        setting,
                        "the document declares the backend '" + declaration.name() + "'",
                        "Use the same name in both places.");
            }
            Map<String, String> settings = new TreeMap<>();
            for (String key : declaration.settingNames()) {
                String value = parameters.text("backends." + name + "." + key);
                if (value != null) {
                    settings.put(key, value);
                }
            }
            return declaration.backend(settings);
        } catch (IOException unreadable) {
            throw new InvalidSettingException(setting, location + " cannot be read", "Check the file.");
        }
    }
}
