package io.reftrail.samples.sandbox;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A lead or a sale that a vendor is about to count.
 *
 * @param dedupKey what the vendor deduplicates on, {@code null} where it does not
 * @param dedupWindow how long that holds, {@code null} for ever
 * @param money what was paid, {@code null} for a lead
 */
record Conversion(
        Kind kind,
        Click click,
        @Nullable String dedupKey,
        @Nullable Duration dedupWindow,
        @Nullable Money money) {

    static Conversion lead(Click click, @Nullable String dedupKey, @Nullable Duration dedupWindow) {
        return new Conversion(Kind.LEAD, click, dedupKey, dedupWindow, null);
    }

    static Conversion sale(Click click, @Nullable String dedupKey, Money money) {
        return new Conversion(Kind.SALE, click, dedupKey, null, money);
    }

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
            String what = conversion.kind().name().toLowerCase(Locale.ROOT);
            String partner = conversion.click().partner();
            return fresh ? "a new " + what + ", credited to " + partner : "this " + what + " was counted before";
        }
    }
}
