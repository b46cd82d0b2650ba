package io.reftrail.servlet;

import io.reftrail.Reftrail;
import io.reftrail.ReftrailBuilder;
import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.backend.refport.RefportBackend;
import io.reftrail.capture.CaptureListener;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** Instances with two backends, a clock that stands still, and the cookies they write. */
final class Kits {

    static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    private static final String WINDOW = "; Max-Age=7776000; Path=/";
    private static final String GONE = "=; Max-Age=0; Path=/";

    private Kits() {}

    static ReftrailBuilder builder(CaptureListener listener) {
        return Reftrail.builder()
                .backend(IntrowBackend.of("key-of-introw"))
                .backend(RefportBackend.of("key-of-refport"))
                .captureListener(listener)
                .clock(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    static String[] introwCookies(String clickId) {
        return new String[] {
            "_introw_aff=" + clickId + WINDOW + "; SameSite=Lax",
            "_reftrail_introw=" + companion(clickId) + WINDOW + "; HttpOnly; SameSite=Lax"
        };
    }

    static String[] refportCookies(String clickId) {
        return new String[] {
            "refp_id=" + clickId + WINDOW + "; SameSite=Lax",
            "_reftrail_refport=" + companion(clickId) + WINDOW + "; HttpOnly; SameSite=Lax"
        };
    }

    static String[] expiredIntrowCookies() {
        return new String[] {
            "_introw_aff" + GONE + "; SameSite=Lax", "_reftrail_introw" + GONE + "; HttpOnly; SameSite=Lax"
        };
    }

    static String companion(String clickId) {
        return companion(clickId, NOW);
    }

    static String companion(String clickId, Instant clickedAt) {
        return clickedAt.getEpochSecond() + "." + Integer.toHexString(clickId.hashCode());
    }
}
