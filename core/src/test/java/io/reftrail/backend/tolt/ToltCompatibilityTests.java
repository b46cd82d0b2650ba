package io.reftrail.backend.tolt;

import io.reftrail.backend.declared.BackendDeclaration;
import io.reftrail.backend.declared.DeclaredBackendCompatibilityKit;
import io.reftrail.model.Event;
import java.util.Map;

/** The declaration by docs/contracts/tolt.md. Only whole transactions can be refunded (section 3.4). */
public class ToltCompatibilityTests extends DeclaredBackendCompatibilityKit {

    @Override
    protected BackendDeclaration declaration() {
        return BackendDeclaration.shipped("tolt");
    }

    @Override
    protected Map<String, String> details() {
        return Map.of("charged", "1450");
    }

    @Override
    protected boolean isToldApart(Event.Type type, String what) {
        return !what.equals("extent");
    }
}
