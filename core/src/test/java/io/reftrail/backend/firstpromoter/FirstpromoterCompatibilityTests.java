package io.reftrail.backend.firstpromoter;

import io.reftrail.backend.declared.BackendDeclaration;
import io.reftrail.backend.declared.DeclaredBackendCompatibilityKit;

/** The declaration by docs/contracts/firstpromoter.md. */
public class FirstpromoterCompatibilityTests extends DeclaredBackendCompatibilityKit {

    @Override
    protected BackendDeclaration declaration() {
        return BackendDeclaration.shipped("firstpromoter");
    }
}
