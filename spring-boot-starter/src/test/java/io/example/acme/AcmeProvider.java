package io.example.acme;

import io.reftrail.backend.BackendProvider;
import io.reftrail.backend.BackendSettings;

/** Declares {@code reftrail.acme.api-key}, which activates the backend. */
public final class AcmeProvider implements BackendProvider {

    @Override
    public BackendSettings<?> settings() {
        return BackendSettings.activatedBy("acme", "api-key", "Acme's API key", AcmeBackend::new, backend -> backend);
    }
}
