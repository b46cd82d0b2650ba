package io.reftrail.servlet;

import io.reftrail.ReftrailBuilder;
import io.reftrail.backend.BackendProvider;
import io.reftrail.backend.BackendSettings;
import io.reftrail.backend.TrackingBackend;

/** Creates the backends that the init-params configure. */
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
        return active;
    }
}
