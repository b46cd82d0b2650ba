package io.reftrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.RecordingExchange;
import io.reftrail.testing.UnreachableTransport;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who was a customer before the click was brought by nobody. The time is 2026-03-01T10:15:30Z, the window 90 days. */
class ExistingCustomerTests {

    private final Reftrail reftrail = Reftrail.builder()
            .backend(IntrowBackend.of("ik_secret"))
            .transport(new UnreachableTransport())
            .clock(new HandSetClock())
            .build();

    @AfterEach
    void close() {
        reftrail.close();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-28T12:00:00Z, 2026-02-28T12:00:01Z, ENQUEUED",
        "2026-02-28T12:00:00Z, 2026-02-28T12:00:00Z, ENQUEUED",
        "2026-02-28T12:00:00Z, 2026-02-28T11:59:58Z, ENQUEUED", // a clock that is 2 s behind
        "2026-02-28T12:00:00Z, 2026-02-28T11:01:00Z, ENQUEUED", // a zone that is an hour off
        "2026-02-28T12:00:00Z, 2026-02-28T11:00:00Z, ENQUEUED",
        "2026-02-28T12:00:00Z, 2026-02-28T10:59:59Z, EXISTING_CUSTOMER",
        "2026-02-28T12:00:00Z, 2026-02-28T00:00:00Z, ENQUEUED", // a DATE column, today
        "2026-02-28T12:00:00Z, 2026-02-27T00:00:00Z, EXISTING_CUSTOMER", // a DATE column, yesterday
        "2026-02-28T12:00:00Z, 2026-02-28T00:00:01Z, EXISTING_CUSTOMER", // no date but a time
        "2026-02-28T12:00:00Z, 2019-01-01T00:00:00Z, EXISTING_CUSTOMER",
        "1970-01-01T00:00:00Z, 2019-01-01T00:00:00Z, EXISTING_CUSTOMER",
        "2026-02-28T12:00:00Z, ,                     ENQUEUED",
        ",                     2026-02-28T12:00:00Z, ENQUEUED",
        ",                     2025-12-01T09:15:30Z, ENQUEUED",
        ",                     2025-12-01T09:15:29Z, EXISTING_CUSTOMER",
        ",                     ,                     ENQUEUED",
    })
    void anAccountOlderThanTheClickIsNoLead(
            @Nullable Instant clickedAt, @Nullable Instant createdAt, LeadStatus status) {
        Customer customer = Customer.of("mia").withCreatedAt(createdAt);

        assertThat(reftrail.lead(new Attribution("introw", "i", clickedAt), customer)
                        .status("introw"))
                .isEqualTo(status);
        assertThat(reftrail.operations().outbox().depth("introw")).isEqualTo(status == LeadStatus.ENQUEUED ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 2026-02-28T12:00:00Z, ENQUEUED",
        "PT0S, 2026-02-28T11:59:59Z, EXISTING_CUSTOMER",
        "PT5H, 2026-02-28T07:00:00Z, ENQUEUED",
        "PT5H, 2026-02-28T06:59:59Z, EXISTING_CUSTOMER",
    })
    void theToleranceIsASetting(Duration tolerance, Instant createdAt, LeadStatus status) {
        try (Reftrail strict = Reftrail.builder()
                .backend(IntrowBackend.of("ik_secret"))
                .leads(LeadSettings.DEFAULT.withCreatedAtTolerance(tolerance))
                .transport(new UnreachableTransport())
                .clock(new HandSetClock())
                .build()) {
            Attribution click = new Attribution("introw", "i", Instant.parse("2026-02-28T12:00:00Z"));

            assertThat(strict.lead(click, Customer.of("mia").withCreatedAt(createdAt)))
                    .isEqualTo(LeadReport.of("introw", status));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-28, Asia/Tokyo,          2026-02-28T05:00:00Z, ENQUEUED",
        "2026-02-27, America/Los_Angeles, 2026-02-28T05:00:00Z, ENQUEUED", // still the 27th there
        "2026-02-27, Asia/Tokyo,          2026-02-28T05:00:00Z, EXISTING_CUSTOMER",
        "2026-02-26, America/Los_Angeles, 2026-02-28T12:00:00Z, EXISTING_CUSTOMER",
    })
    void aDateMeansTheWholeDayInItsZone(LocalDate date, ZoneId zone, Instant clickedAt, LeadStatus status) {
        assertThat(reftrail.lead(
                        new Attribution("introw", "i", clickedAt),
                        Customer.of("mia").withCreatedOn(date, zone)))
                .isEqualTo(LeadReport.of("introw", status));
    }

    @Test
    void aNegativeToleranceIsRefused() {
        assertThatThrownBy(() -> LeadSettings.DEFAULT.withCreatedAtTolerance(Duration.ofSeconds(-1)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("lead.created-at-tolerance");
    }

    @Test
    void nothingIsReportedAndTheCookieStays() {
        RecordingExchange exchange = RecordingExchange.with("_introw_aff=i");
        Customer customer = Customer.of("mia").withCreatedAt(Instant.parse("2019-01-01T00:00:00Z"));

        assertThat(reftrail.lead(exchange, customer).statuses())
                .isEqualTo(Map.of("introw", LeadStatus.EXISTING_CUSTOMER));
        assertThat(exchange.setCookies()).isEmpty();
    }
}
