package io.example.declared;

import io.reftrail.Reftrail;
import io.reftrail.backend.declared.BackendDeclaration;
import java.io.IOException;
import java.util.Map;

class DeclaredAcme {

    Reftrail reftrail(String key) throws IOException {
        BackendDeclaration acme =
                BackendDeclaration.read("acme.json", getClass().getResourceAsStream("acme.json"));
        return Reftrail.builder().backend(acme.backend(Map.of("api-key", key))).build();
    }
}
