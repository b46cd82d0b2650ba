package io.reftrail.backend.everflow;

import io.reftrail.backend.declared.BackendDeclaration;
import io.reftrail.backend.declared.DeclaredBackendCompatibilityKit;

/** The declaration by docs/contracts/everflow.md. */
public class EverflowCompatibilityTests extends DeclaredBackendCompatibilityKit {

    @Override
    protected BackendDeclaration declaration() {
        return BackendDeclaration.shipped("everflow");
    }
}
