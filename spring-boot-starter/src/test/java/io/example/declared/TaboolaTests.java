package io.example.declared;

import io.reftrail.backend.declared.BackendDeclaration;
import io.reftrail.backend.declared.DeclaredBackendCompatibilityKit;
import io.reftrail.model.Event;
import java.io.IOException;
import java.io.UncheckedIOException;

class TaboolaTests extends DeclaredBackendCompatibilityKit {

    @Override
    protected BackendDeclaration declaration() {
        try {
            return BackendDeclaration.read("taboola.json", getClass().getResourceAsStream("taboola.json"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The vendor takes no id of a customer. */
    @Override
    protected boolean isToldApart(Event.Type type, String what) {
        return !what.equals("customer");
    }
}
