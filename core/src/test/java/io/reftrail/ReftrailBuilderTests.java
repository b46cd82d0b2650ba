package io.reftrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.capture.CapturedQuery;
import io.reftrail.capture.CookieSettings;
import io.reftrail.capture.CookieSettings.SameSite;
import io.reftrail.capture.CookieSettings.Secure;
import io.reftrail.capture.Visit;
import io.reftrail.model.Attribution;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.RecordingExchange;
import org.junit.jupiter.api.Test;

class ReftrailBuilderTests {

    @Test
    void aNameBelongsToOneBackend() {
        ReftrailBuilder builder = Reftrail.builder().backend(IntrowBackend.of("one"));

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> builder.backend(IntrowBackend.of("two")))
                .satisfies(invalid -> assertThat(invalid.setting()).isEqualTo("introw"));
    }

    @Test
    void withoutABackendNothingIsCapturedOrReported() {
        try (Reftrail reftrail = Reftrail.builder().build()) {
            assertThat(reftrail.visits().capture().read("irw_id=i")).isNull();
            assertThat(reftrail.attributions(RecordingExchange.with("_introw_aff=i")))
                    .isEmpty();
            assertThat(reftrail.backends()).isEmpty();
        }
    }

    @Test
    void clicksAreKeptWithTheGivenClockAndCookies() {
        CookieSettings settings = new CookieSettings("/", "example.com", SameSite.LAX, Secure.ALWAYS);
        try (Reftrail reftrail = Reftrail.builder()
                .backend(IntrowBackend.of("one"))
                .cookies(settings)
                .clock(new HandSetClock())
                .build()) {
            RecordingExchange exchange = RecordingExchange.insecure();
            CapturedQuery query = reftrail.visits().capture().read("irw_id=i");
            assertThat(query).isNotNull();

            query.clicks().forEach(click -> reftrail.visits().capture().store(click, null, exchange, Visit.UNKNOWN));

            assertThat(exchange.setCookies())
                    .first()
                    .isEqualTo("_introw_aff=i; Max-Age=7776000; Path=/; Domain=example.com; Secure; SameSite=Lax");
            assertThat(reftrail.attributions(exchange.next()))
                    .containsExactly(new Attribution("introw", "i", HandSetClock.START));
        }
    }
}
