package io.reftrail.samples.sandbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A lead or a sale that a vendor is about to count.
 *
 * @param dedupKey what the vendor deduplicates on, {@code null} where it does not
 * @param dedupWindow how long that holds, {@code null} for ever
 */
record Conversion(
        Kind kind,
        Click click,
        @Nullable String dedupKey,
        @Nullable Duration dedupWindow) {

    /** The two stages of the funnel after the click. */
    enum Kind {
        LEAD,
        SALE
    }

    /** The id that counts, and whether it was given just now or belongs to an earlier conversion with the same key. */
    record Receipt(Conversion conversion, String id, boolean fresh) {

        Verdict verdict() {
            return fresh ? Verdict.RECORDED : Verdict.DUPLICATE;
        }

        String why() {
            String what = conversion.kind() == Kind.LEAD ? "lead" : "sale";
            String partner = conversion.click().partner();
            return fresh ? "a new " + what + ", credited to " + partner : "this " + what + " was counted before";
        }
    }
}
