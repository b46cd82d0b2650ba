package io.reftrail.servlet;

import io.reftrail.Reftrail;
import io.reftrail.ReftrailBuilder;
import io.reftrail.backend.affihub.AffihubBackend;
import io.reftrail.backend.affitor.AffitorBackend;
import io.reftrail.backend.affonso.AffonsoBackend;
import io.reftrail.backend.dub.DubBackend;
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

    /** The six vendors that are written in Java. */
    static Reftrail allVendors(CaptureListener listener) {
        return builder(listener)
                .backend(AffitorBackend.of("key"))
                .backend(AffonsoBackend.of("key", "program"))
                .backend(AffihubBackend.of("prog_1"))
                .backend(DubBackend.of("key"))
                .transport(StubBackend.UNREACHABLE)
                .build();
    }

    /** A link with a click of each vendor, whose click ids have the given length. */
    static String linkOfAllVendors(int length, int rest) {
        String id = "c".repeat(length);
        return "/page?irw_id=" + id + "&refp_id=" + id + "&dub_id=" + id + "&atp=nora&aff=nora&ref=nora&x="
                + "y".repeat(rest);
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
