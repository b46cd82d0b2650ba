package io.reftrail.backend;

import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.model.Refund;
import io.reftrail.model.Sale;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a visitor's click at Affitor: a click id of today, the value of an older generation's cookie, or a
 * test, which has no id (docs/contracts/affitor.md, sections 2 and 4).
 */
final class AffitorClicks {

    /** Stands for the id of a click that was reported as a test. Never sent. */
    static final String TEST = "reftrail-test-mode";

    static final Duration LONGEST_DELIVERY = Duration.ofDays(90);

    private AffitorClicks() {}

    /** Whether the visitor has only a cookie of an older generation. */
    static boolean isOlder(Attribution attribution) {
        return attribution.detail(Attribution.COOKIE) != null;
    }

    /** Returns the click id as the current generation takes it, or {@code null} if there is none. */
    static @Nullable String currentId(Attribution attribution) {
        return isOlder(attribution) || TEST.equals(attribution.clickId()) ? null : attribution.clickId();
    }

    /** Returns the attribution to a click that has been reported the current way, whatever went before. */
    static Attribution exchanged(Attribution attribution, String clickId) {
        Map<String, String> details = new TreeMap<>(attribution.details());
        details.remove(Attribution.COOKIE);
        details.remove(Attribution.WINDOW);
        return new Attribution(
                attribution.backend(), clickId, attribution.clickedAt(), attribution.clickKey(), details);
    }

    static Duration window(Attribution attribution, Duration otherwise) {
        Duration window = attribution.window(otherwise);
        return window.compareTo(LONGEST_DELIVERY) > 0 ? LONGEST_DELIVERY : window;
    }

    /**
     * Returns the address to exchange a click with, or {@code null}. One that was kept in the vendor's cookie may be that of
     * another click, whose partner must not be credited with this one.
     */
    static @Nullable String landing(Click click, boolean captureRef) {
        String landing = click.landing();
        return landing != null && AffiliateAddress.carries(landing, click.code(), captureRef) ? landing : null;
    }

    static @Nullable Outcome withoutCall(Event event, boolean captureRef, boolean testMode) {
        if (event instanceof Click click) {
            return landing(click, captureRef) == null && !testMode
                    ? ignored("the landing's address is not known any more")
                    : null;
        }
        if (TEST.equals(event.attribution().clickId()) && !testMode) {
            return ignored("the click was made in test mode");
        }
        if (event instanceof Sale sale && sale.payment().amount().minorUnits() == 0) {
            return ignored("nothing was paid");
        }
        return event instanceof Refund refund ? withoutCall(refund, testMode) : null;
    }

    /** To the vendor, a refund of nothing is one of everything (section 3.5). */
    private static @Nullable Outcome withoutCall(Refund refund, boolean testMode) {
        if (testMode) {
            return ignored("no test mode is documented for refunds");
        }
        return refund.amount() != null && refund.amount().minorUnits() == 0 ? ignored("nothing was given back") : null;
    }

    private static Outcome ignored(String reason) {
        return Outcome.of(Verdict.IGNORED, reason);
    }

    static CheckoutMetadata checkoutMetadata(Attribution attribution, String customerId, @Nullable String programId) {
        Map<String, String> metadata = new TreeMap<>();
        String clickId = currentId(attribution);
        if (programId == null || (clickId == null && !isOlder(attribution))) {
            return CheckoutMetadata.NONE;
        }
        metadata.put(clickId == null ? "customer_code" : "affitor_click_id", attribution.requireClickId());
        metadata.put(clickId == null ? "user_id" : "affitor_customer_key", customerId);
        metadata.put("program_id", programId);
        return new CheckoutMetadata(metadata, null);
    }
}
