package io.reftrail.backend.tapfiliate;

import io.reftrail.backend.declared.BackendDeclaration;
import io.reftrail.backend.declared.DeclaredBackendCompatibilityKit;

/** The declaration by docs/contracts/tapfiliate.md. */
public class TapfiliateCompatibilityTests extends DeclaredBackendCompatibilityKit {

    @Override
    protected BackendDeclaration declaration() {
        return BackendDeclaration.shipped("tapfiliate");
    }
}
