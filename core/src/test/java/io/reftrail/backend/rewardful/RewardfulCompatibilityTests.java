package io.reftrail.backend.rewardful;

import io.reftrail.backend.declared.BackendDeclaration;
import io.reftrail.backend.declared.DeclaredBackendCompatibilityKit;

/** The declaration by docs/contracts/rewardful.md. */
public class RewardfulCompatibilityTests extends DeclaredBackendCompatibilityKit {

    @Override
    protected BackendDeclaration declaration() {
        return BackendDeclaration.shipped("rewardful");
    }
}
