package io.example.declared;

import io.reftrail.backend.declared.BackendDeclaration;
import io.reftrail.backend.declared.DeclaredBackendCompatibilityKit;
import java.io.IOException;
import java.io.UncheckedIOException;

class AcmeDeclarationTests extends DeclaredBackendCompatibilityKit {

    @Override
    protected BackendDeclaration declaration() {
        try {
            return BackendDeclaration.read("acme.json", getClass().getResourceAsStream("acme.json"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
