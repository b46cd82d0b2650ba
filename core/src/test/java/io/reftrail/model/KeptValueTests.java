package io.reftrail.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.reftrail.LeadRequest;
import io.reftrail.RefundRequest;
import io.reftrail.journey.Conversion;
import io.reftrail.journey.Conversion.Kind;
import io.reftrail.journey.Correction;
import io.reftrail.journey.Journey;
import io.reftrail.journey.Touch;
import io.reftrail.journey.Touch.Ad;
import io.reftrail.journey.Touch.Origin;
import io.reftrail.journey.Touch.Partner;
import io.reftrail.journey.Touch.Utm;
import io.reftrail.testing.TestEvents;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Values wait in sessions of a server, in Redis and in messages between services, and come back as they were. */
class KeptValueTests {

    private static final Instant AT = Instant.parse("2026-03-01T12:00:00.123456789Z");

    static Stream<Object> values() {
        Attribution pending = TestEvents.pending("affitor", "key-1");
        Attribution known = new Attribution("dub", "click-1", AT, "key-1", Map.of(Attribution.WINDOW, "P90D"));
        return Stream.of(
                pending,
                known,
                new Attribution("introw", "irw_1", null),
                Customer.of("kim"),
                new Customer("mia", "mia@shop.example", "Mia", "https://shop.example/mia.png", AT),
                Money.of(new BigDecimal("29.00"), "EUR"),
                Payment.of("mia", "inv-1", Money.of(new BigDecimal("2900"), "JPY")),
                TestEvents.sale(known, "mia", "inv-1").payment(),
                TestEvents.click("affitor", "key-1"),
                TestEvents.lead("affitor", "key-1", "mia"),
                TestEvents.sale(known, "mia", "inv-1"),
                TestEvents.refund(known, "mia", "inv-1", "7.00"),
                TestEvents.refund(known, "mia", "inv-1", null),
                LeadRequest.of(Customer.of("kim")).with("plan", "pro").asRepeatable(),
                RefundRequest.full("mia", "inv-1"),
                journey());
    }

    private static Journey journey() {
        Partner nora = new Partner("dub", "nora");
        Touch touch = new Touch(AT, Origin.SEARCH, "Google", "google.com", "/", Utm.NONE, new Ad("gclid", "g-1"), nora);
        return new Journey(
                "mia",
                List.of(touch),
                List.of(touch),
                List.of(new Conversion(
                        Kind.PAYMENT, "inv-1", AT, new BigDecimal("29.00"), Currency.getInstance("EUR"))),
                List.of(new Correction(AT, nora, "by phone", "olga")));
    }

    @ParameterizedTest
    @MethodSource("values")
    void byJavaSerialization(Object value) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void byJackson2(Object value) throws IOException {
        ObjectMapper mapper = new ObjectMapper().registerModule(new JavaTimeModule());

        assertThat(mapper.readValue(mapper.writeValueAsString(value), value.getClass()))
                .isEqualTo(value);
    }

    @ParameterizedTest
    @MethodSource("values")
    void byJackson3(Object value) {
        JsonMapper mapper = JsonMapper.builder().build();

        assertThat(mapper.readValue(mapper.writeValueAsString(value), value.getClass()))
                .isEqualTo(value);
    }
}
