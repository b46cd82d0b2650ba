package io.reftrail;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.IntrowBackend;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.RecordingExchange;
import io.reftrail.testing.UnreachableTransport;
import java.time.Instant;
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
        "2026-02-28T12:00:00Z, 2026-02-28T11:59:59Z, EXISTING_CUSTOMER",
        "2026-02-28T12:00:00Z, 2019-01-01T00:00:00Z, EXISTING_CUSTOMER",
        "1970-01-01T00:00:00Z, 2019-01-01T00:00:00Z, EXISTING_CUSTOMER",
        "2026-02-28T12:00:00Z, ,                     ENQUEUED",
        ",                     2026-02-28T12:00:00Z, ENQUEUED",
        ",                     2025-12-01T10:15:30Z, ENQUEUED",
        ",                     2025-12-01T10:15:29Z, EXISTING_CUSTOMER",
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

    @Test
    void nothingIsReportedAndTheCookieStays() {
        RecordingExchange exchange = RecordingExchange.with("_introw_aff=i");
        Customer customer = Customer.of("mia").withCreatedAt(Instant.parse("2019-01-01T00:00:00Z"));

        assertThat(reftrail.lead(exchange, customer).statuses())
                .isEqualTo(Map.of("introw", LeadStatus.EXISTING_CUSTOMER));
        assertThat(exchange.setCookies()).isEmpty();
    }
}
