package io.reftrail.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.capture.CapturedQuery.CapturedClick;
import io.reftrail.capture.ReferralCapture.ClickModel;
import io.reftrail.model.Attribution;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.RecordingExchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a click does to the cookies that are there already. */
class CaptureStoreTests {

    private final HandSetClock clock = new HandSetClock();
    private final List<String> heard = new ArrayList<>();
    private final ReferralCapture lastClick = capture(ClickModel.LAST_CLICK);
    private final ReferralCapture firstClick = capture(ClickModel.FIRST_CLICK);

    @ParameterizedTest
    @EnumSource(ClickModel.class)
    void aFirstClickIsKept(ClickModel model) {
        RecordingExchange exchange = RecordingExchange.with();

        capture(model).store(click("one"), null, exchange, Visit.UNKNOWN);

        assertThat(attribution(exchange)).isEqualTo(new Attribution("introw", "one", HandSetClock.START));
        assertThat(heard).containsExactly("introw CAPTURED");
    }

    @Test
    void theLastClickReplacesTheOneBefore() {
        RecordingExchange before = visited("one");
        clock.advance(Duration.ofDays(3));

        lastClick.store(click("two"), null, before, Visit.UNKNOWN);

        assertThat(attribution(before))
                .isEqualTo(new Attribution("introw", "two", HandSetClock.START.plus(Duration.ofDays(3))));
        assertThat(heard).containsExactly("introw CAPTURED", "introw CAPTURED");
    }

    @Test
    void whereTheFirstClickCountsItIsLeftAlone() {
        RecordingExchange before = visited("one");

        firstClick.store(click("two"), null, before, Visit.UNKNOWN);

        assertThat(before.setCookies()).isEmpty();
        assertThat(heard).containsExactly("introw CAPTURED", "introw KEPT");
    }

    @Test
    void theSameClickRenewsTheWindowAndKeepsItsTime() {
        RecordingExchange before = visited("one");
        clock.advance(Duration.ofDays(3));

        lastClick.store(click("one"), null, before, Visit.UNKNOWN);

        assertThat(before.setCookies()).hasSize(2).allMatch(line -> line.contains("; Max-Age=7776000;"));
        assertThat(attribution(before)).isEqualTo(new Attribution("introw", "one", HandSetClock.START));
        assertThat(heard).containsExactly("introw CAPTURED", "introw RENEWED");
    }

    @Test
    void theSameClickOfUnknownTimeIsFromNow() {
        RecordingExchange byScript = RecordingExchange.with("_introw_aff=one");

        lastClick.store(click("one"), null, byScript, Visit.UNKNOWN);

        assertThat(attribution(byScript)).isEqualTo(new Attribution("introw", "one", HandSetClock.START));
        assertThat(heard).containsExactly("introw RENEWED");
    }

    @Test
    void aBrokenCookieDoesNotCountAsAFirstClick() {
        RecordingExchange broken = RecordingExchange.with("_introw_aff=\"a,b\"");

        firstClick.store(click("one"), null, broken, Visit.UNKNOWN);

        assertThat(heard).containsExactly("introw CAPTURED");
    }

    @Test
    void aPrefetchSetsTheCookieAndIsToldAsOne() {
        RecordingExchange exchange = RecordingExchange.with();

        lastClick.store(click("one"), null, exchange, Visit.UNKNOWN.prefetched());

        assertThat(attribution(exchange)).isNotNull();
        assertThat(heard).containsExactly("introw PREFETCHED");
    }

    @Test
    void backendsDoNotTouchEachOthersClicks() {
        RecordingExchange before = visited("one");

        firstClick.store(new CapturedClick(Rules.ENCODED, "r"), null, before, Visit.UNKNOWN);

        RecordingExchange after = before.next();
        assertThat(Rules.COOKIES.read(Rules.PLAIN, after)).isNotNull();
        assertThat(Rules.COOKIES.read(Rules.ENCODED, after))
                .isEqualTo(new Attribution("refport", "r", HandSetClock.START));
        assertThat(heard).containsExactly("introw CAPTURED", "refport CAPTURED");
    }

    @Test
    void aListenerThatThrowsChangesNothing() {
        RecordingExchange exchange = RecordingExchange.with();
        CaptureListener listener = (backend, result) -> {
            throw new IllegalStateException("listener");
        };

        Rules.capture(ClickModel.LAST_CLICK, listener, clock).store(click("one"), null, exchange, Visit.UNKNOWN);

        assertThat(attribution(exchange)).isNotNull();
    }

    private RecordingExchange visited(String clickId) {
        RecordingExchange exchange = RecordingExchange.with();
        lastClick.store(click(clickId), null, exchange, Visit.UNKNOWN);
        return exchange.next();
    }

    private ReferralCapture capture(ClickModel model) {
        return Rules.capture(model, (backend, result) -> heard.add(backend + " " + result), clock);
    }

    private static CapturedClick click(String clickId) {
        return new CapturedClick(Rules.PLAIN, clickId);
    }

    private static @Nullable Attribution attribution(RecordingExchange exchange) {
        return Rules.COOKIES.read(Rules.PLAIN, exchange.next());
    }
}
