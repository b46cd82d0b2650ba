package io.reftrail.benchmarks;

import io.reftrail.Reftrail;
import io.reftrail.backend.AffihubBackend;
import io.reftrail.backend.AffitorBackend;
import io.reftrail.backend.AffonsoBackend;
import io.reftrail.backend.DubBackend;
import io.reftrail.backend.IntrowBackend;
import io.reftrail.backend.RefportBackend;

/** Reftrail with all backends that it has, which is the most that a filter can have to look for. */
public final class SixBackends {

    private SixBackends() {}

    /** Returns an instance that is not started: it captures, and sends nothing. */
    public static Reftrail reftrail() {
        return Reftrail.builder()
                .backend(AffitorBackend.of("key"))
                .backend(AffonsoBackend.of("key", "program"))
                .backend(AffihubBackend.of("program"))
                .backend(IntrowBackend.of("key"))
                .backend(RefportBackend.of("key"))
                .backend(DubBackend.of("key"))
                .build();
    }
}
