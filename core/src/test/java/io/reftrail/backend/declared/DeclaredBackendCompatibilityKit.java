package io.reftrail.backend.declared;

import io.reftrail.backend.OutcomeRow;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.backend.TrackingBackendCompatibilityKit;
import io.reftrail.model.Attribution;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What every {@linkplain BackendDeclaration declared} backend must pass. A subclass returns the declaration; settings and the
 * outcome table follow from it.
 */
public abstract class DeclaredBackendCompatibilityKit extends TrackingBackendCompatibilityKit {

    /** Returns the declaration. */
    protected abstract BackendDeclaration declaration();

    /** Returns what the answers have taught, by name, where the sample values do not do. */
    protected Map<String, String> details() {
        return Map.of();
    }

    @Override
    protected TrackingBackend backend(String baseUrl) {
        Map<String, String> settings = new TreeMap<>(Map.of("base-url", baseUrl));
        declaration().settings().stream()
                .filter(setting -> setting.secret() && setting.required())
                .forEach(setting -> settings.put(setting.name(), SECRET));
        return declaration().sample(settings);
    }

    /** The rows of the declaration. A table that is written by hand says more: it is checked against them. */
    @Override
    protected List<OutcomeRow> outcomes() {
        return DeclaredCalls.rows(declaration()).stream()
                .flatMap(row -> row.replies().stream().map(reply -> {
                    OutcomeRow outcome = OutcomeRow.of(
                            row.type(),
                            reply.status(),
                            named(reply.body()),
                            row.outcome().verdict(),
                            row.outcome().reason());
                    return row.outcome().pause() == null
                            ? outcome
                            : outcome.pausing(row.outcome().pause());
                }))
                .toList();
    }

    private static String named(String body) {
        if (body.isEmpty()) {
            return "empty";
        }
        return body.startsWith("<") ? "HTML" : body;
    }

    @Override
    protected Attribution completed(Attribution attribution) {
        Attribution completed = attribution;
        for (String detail : DeclaredCalls.details(declaration())) {
            completed = completed.with(detail, details().getOrDefault(detail, "kit-" + detail));
        }
        return completed;
    }
}
