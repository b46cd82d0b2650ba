package io.example.acme;

import io.reftrail.backend.BackendProvider;
import io.reftrail.backend.BackendSettings;
import java.util.List;

/** Declares {@code reftrail.acme.api-key}, which activates the backend. */
public final class AcmeProvider implements BackendProvider {

    @Override
    public List<String> backends() {
        return List.of("acme");
    }

    @Override
    public BackendSettings<?> settings(String backend) {
        return BackendSettings.activatedBy("acme", "api-key", "Acme's API key", AcmeBackend::new, acme -> acme);
    }
}
