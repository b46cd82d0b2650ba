package io.reftrail.capture;

import io.reftrail.capture.CaptureRule.CookieEncoding;
import io.reftrail.capture.ReferralCapture.ClickModel;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Two rules as vendors have them, and a capture with both. */
final class Rules {

    static final CaptureRule PLAIN = new CaptureRule(
            "introw", List.of("irw_id"), "_introw_aff", Duration.ofDays(90), 256, CookieEncoding.RAW, true);

    static final CaptureRule ENCODED = new CaptureRule(
            "refport", List.of("refp_id"), "refp_id", Duration.ofDays(60), 512, CookieEncoding.PERCENT, true);

    static final AttributionCookies COOKIES = new AttributionCookies(CookieSettings.DEFAULT);

    private Rules() {}

    static ReferralCapture capture() {
        return capture(ClickModel.LAST_CLICK, CaptureListener.NONE, Clock.systemUTC());
    }

    static ReferralCapture capture(ClickModel model, CaptureListener listener, Clock clock) {
        return new ReferralCapture(List.of(PLAIN, ENCODED), COOKIES, model, listener, clock);
    }
}
