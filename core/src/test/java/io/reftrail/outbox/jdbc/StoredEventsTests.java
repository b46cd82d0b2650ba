package io.reftrail.outbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.Customer;
import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.model.Money;
import io.reftrail.model.Payment;
import io.reftrail.model.Refund;
import io.reftrail.model.Sale;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Rows that an earlier release has written are read as the events that it was given. */
class StoredEventsTests {

    private static final Instant AT = Instant.parse("2026-03-01T12:00:00.123456Z");

    private final StoredEvents stored = new StoredEvents();

    /**
     * The name, backend, attribution and payload of the events below, as commit aa03fe2 has written them into
     * {@code reftrail_event} with tables of version 2.
     */
    static Stream<String> rows() {
        try (InputStream file = StoredEventsTests.class.getResourceAsStream("stored-events-2.tsv")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8).lines();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Map<String, Event> events() {
        Map<String, Event> events = new LinkedHashMap<>();
        Attribution plain = new Attribution("introw", "irw_1", AT.minusSeconds(60));
        Attribution unknownTime = new Attribution("refport", "rp ü€", null);
        Attribution pending = new Attribution("affitor", null, AT, "key-1", Map.of());
        Attribution full = new Attribution(
                "affitor",
                "click-9",
                AT,
                "key-9",
                Map.of("window", "P90D", "code", "nora-7", "cookie", "affitor_click_id"));
        events.put("lead, least", Lead.of(plain, Customer.of("kim"), "Sign Up", AT));
        events.put(
                "lead, most",
                Lead.of(
                                full,
                                new Customer(
                                        "mia@shop.example",
                                        "mia@shop.example",
                                        "Mia \"Möller\" \u2028",
                                        "https://shop.example/mia.png",
                                        Instant.parse("2026-02-28T23:59:59Z")),
                                "Trial\tStarted",
                                AT)
                        .withMetadata(new TreeMap<>(Map.of("plan", "team", "empty", "")))
                        .following(Click.deduplicationKey("affitor", "key-9")));
        Lead lead = Lead.of(unknownTime, Customer.of("zoe"), "Sign Up", Instant.parse("2026-03-01T12:00:00Z"));
        events.put(
                "lead, own key",
                new Lead(
                        lead.attribution(),
                        lead.customer(),
                        lead.eventName(),
                        lead.occurredAt(),
                        Map.of(),
                        lead.deduplicationKey() + "\n5b2c",
                        null,
                        false));
        events.put("confirmation", lead.confirming());
        events.put(
                "click, most",
                new Click(
                        pending,
                        "nora-7",
                        "https://shop.example/pricing?aff=nora-7&utm_source=blog",
                        "https://blog.example/review",
                        "Mozilla/5.0 (X11; Linux x86_64)",
                        "203.0.113.9",
                        new TreeMap<>(Map.of("utm_source", "blog", "sub1", "a b€")),
                        AT));
        events.put(
                "click, least",
                new Click(
                        new Attribution("affitor", null, AT, "key-2", Map.of()),
                        "nora-7",
                        null,
                        null,
                        null,
                        null,
                        Map.of(),
                        AT));
        events.put(
                "sale, most",
                Sale.of(
                        full,
                        Payment.of("mia", "inv-1", Money.of(new BigDecimal("29.00"), "EUR"))
                                .forSubscription("sub-31", Payment.Interval.QUARTER)
                                .withProduct("team")
                                .withProcessor("stripe")
                                .withMetadata(Map.of("seats", "5")),
                        "Sign Up",
                        AT));
        events.put(
                "sale, least",
                new Sale(
                        plain,
                        Payment.of("kim", "inv-2", Money.of(new BigDecimal("2900"), "JPY")),
                        "Sign Up",
                        AT,
                        null));
        events.put(
                "refund, of a part",
                Refund.of(full, "mia", "inv-1", "re-1", Money.of(new BigDecimal("0.07"), "EUR"), "downgrade", AT));
        events.put("refund, of all", Refund.of(plain, "kim", "inv-2", "re-2", null, null, AT));
        return events;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aRowOfVersion2IsTheEventThatItWas(String row) {
        String[] columns = row.split("\t", -1);

        assertThat(stored.event(columns[1], columns[2], columns[3])).isEqualTo(events().get(columns[0]));
    }

    @Test
    void everyKindOfEventHasARow() {
        assertThat(rows().map(row -> row.split("\t", -1)[0])).containsExactlyElementsOf(events().keySet());
    }

    /** So that a node of that release can read it while an application is being updated. */
    @ParameterizedTest
    @MethodSource("rows")
    void aRowIsWrittenWithTheFieldsOfVersion2(String row) {
        String[] columns = row.split("\t", -1);
        Event event = Objects.requireNonNull(events().get(columns[0]));
        JsonMapper mapper = JsonMapper.builder().build();

        assertThat(mapper.readTree(stored.write(event.attribution()))).isEqualTo(mapper.readTree(columns[2]));
        assertThat(mapper.readTree(stored.write(event))).isEqualTo(mapper.readTree(columns[3]));
    }

    @Test
    void fieldsOfALaterReleaseAreIgnored() {
        Event event = stored.event(
                "introw",
                "{\"clickId\":\"c\",\"later\":{}}",
                "{\"later\":1,\"type\":\"lead\",\"eventName\":\"Sign Up\",\"customer\":{\"id\":\"kim\",\"later\":[]}}");

        assertThat(event.customerId()).isEqualTo("kim");
        assertThat(event.occurredAt()).isEqualTo(Instant.EPOCH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"type\":\"later\"}",
                "{\"type\":\"lead\",\"eventName\":\"Sign Up\"}",
                "{\"type\":\"lead\",\"customer\":{\"id\":\"kim\"}}",
                "{\"type\":\"sale\",\"customerId\":\"kim\",\"invoiceId\":\"1\",\"leadEventName\":\"Sign Up\"}"
            })
    void whatOnlyALaterReleaseCanReadIsNamedSo(String payload) {
        assertThatIllegalArgumentException().isThrownBy(() -> stored.event("introw", "{\"clickId\":\"c\"}", payload));
    }

    /** Jackson finds the records by reflection, of which a native image has to be told. */
    @Test
    void aNativeImageKnowsTheRecords() throws IOException {
        String config = "/META-INF/native-image/io.reftrail/reftrail-core/reflect-config.json";
        try (InputStream file = StoredEvents.class.getResourceAsStream(config)) {
            assertThat(JsonMapper.builder().build().readTree(file).findValuesAsString("name"))
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(StoredEvents.class.getDeclaredClasses())
                            .map(Class::getName)
                            .toList());
        }
    }
}
