package io.reftrail.benchmarks.chaos;

import io.reftrail.backend.AffonsoBackend;
import io.reftrail.backend.RefportBackend;

/**
 * Where customers come from: by ten in turns from a link whose URL carries the click id, and from one whose URL carries a
 * partner's code that is exchanged for a click id in the background.
 */
enum Vendor {
    REFPORT(RefportBackend.NAME, RefportBackend.LEAD_EVENT_NAME, "/go/", "nora"),
    AFFONSO(
            AffonsoBackend.NAME,
            AffonsoBackend.of("sk_live_sandbox", "prg_sandbox").leadEventName(),
            "/affonso/links/",
            "leo");

    /** Affonso's cookie, which holds the click id as soon as the visitor has brought it home. */
    static final String CLICK_COOKIE = "affonso_referral";

    private static final int IN_A_ROW = 10;

    private final String backend;
    private final String leadEventName;
    private final String links;
    private final String partner;

    Vendor(String backend, String leadEventName, String links, String partner) {
        this.backend = backend;
        this.leadEventName = leadEventName;
        this.links = links;
        this.partner = partner;
    }

    /** Whose link the customer of a number follows. */
    static Vendor of(int number) {
        return number / IN_A_ROW % 2 == 0 ? REFPORT : AFFONSO;
    }

    /** The backend's name, in core and in the sandbox. */
    String backend() {
        return backend;
    }

    String leadEventName() {
        return leadEventName;
    }

    /** The one partner whose link all follow. */
    String partner() {
        return partner;
    }

    /** The path of that partner's link. */
    String link() {
        return links + partner;
    }

    boolean exchangesClicks() {
        return this == AFFONSO;
    }
}
