package io.reftrail.backend.declared;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.HttpCall;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.model.Money;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.model.Payment;
import io.reftrail.model.Refund;
import io.reftrail.model.Sale;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What placeholders and formatters write, and what becomes of what is absent. */
class PlaceholderTests {

    private static final Instant NOW = Instant.parse("2026-03-01T10:15:30.123456Z");
    private static final Attribution ATTRIBUTION =
            new Attribution("acme", "c1", NOW).with(Attribution.CODE, "nora").with("sale", "s 7");

    /** A backend whose lead and sale send one field. */
    private static TrackingBackend sending(String kind, String json) {
        return BackendDeclaration.of("acme", """
                        {"name": "acme", "base-url": "https://a.example",
                         "settings": {"team": {"default": "t1"}, "none": {}, "one": {"default": "17"}},
                         "capture": [{"parameters": ["a"], "cookie": "a", "window": "30d"}, {"cookie": "b", "window": "30d"}],
                         "calls": {"%s": {"path": "/x", "json": {"f": %s}, "repeat": "recognised",
                           "answers": [{"status": 200, "outcome": "recorded", "learn": {"sale": "/id"}}]}}}
                        """.formatted(kind, json)).backend(Map.of());
    }

    private static String sent(Event event, String json) {
        String kind = event.type().name().toLowerCase(java.util.Locale.ROOT);
        String body = sending(kind, json).call(event).body();
        return body.equals("{}") ? "absent" : body.replaceAll("^\\{\"f\":|}$", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{click-id}                              # \"c1\"",
                "{click-id.a}                            # \"c1\"",
                "{click-id.b}                            # absent",
                "{click-id.b or code}                    # \"nora\"",
                "{code}                                  # \"nora\"",
                "{detail.sale}                           # \"s 7\"",
                "{setting.team}/{click-id}               # \"t1/c1\"",
                "{setting.none}                          # absent",
                "{setting.none or setting.team}          # \"t1\"",
                "{setting.one | number}                # 17",
                "{setting.team | number}               # absent",
                "{customer.id}                           # \"u-1\"",
                "{customer.email}                        # \"Kim@Example.org\"",
                "{customer.email | email | lowercase} # \"kim@example.org\"",
                "{customer.email | lowercase | sha256} # \"65b0b8da9f02c97dc49f2ae8ee1dc9a2cbf8ac3ab9d9c0e1a7c1dc5f0d51fc98\"",
                "{customer.name}                         # \"Kim \\\"K\\\"\"",
                "{customer.name | max 3}               # absent",
                "{customer.name | cut 3}               # \"Kim\"",
                "{customer.name | uppercase}           # \"KIM \\\"K\\\"\"",
                "{customer.name | email}               # absent",
                "{customer.avatar}                       # absent",
                "a {customer.avatar} b                   # absent",
                "{event-name}                            # \"Sign Up\"",
                "{occurred-at}                           # \"2026-03-01T10:15:30.123Z\"",
                "{occurred-at | iso-date}              # \"2026-03-01\"",
                "{occurred-at | epoch-seconds}         # 1772360130",
                "{occurred-at | epoch-seconds | text} # \"1772360130\"",
                "{occurred-at | epoch-millis}          # 1772360130123",
                "{metadata.plan}                         # \"pro\"",
                "{metadata.other}                        # absent",
                "{metadata}                              # {\"plan\":\"pro\",\"x\\\"\":\"y\"}",
                "{click-id | map c1=one *=more}        # \"one\"",
                "{code | map c1=one *=more}            # \"more\"",
                "{code | map c1=one}                   # absent",
                "{code | is setting.team}              # absent",
            })
    void aLeadIsWritten(String template, String expected) {
        Customer customer = Customer.of("u-1").withEmail("Kim@Example.org").withName("Kim \"K\"");
        Lead lead = Lead.of(ATTRIBUTION, customer, "Sign Up", NOW).withMetadata(Map.of("plan", "pro", "x\"", "y"));
        assertThat(sent(lead, "\"" + template + "\"")).isEqualTo(digest(expected));
    }

    /** The digest is not worth being learnt by heart: it is what the JDK says. */
    private static String digest(String expected) {
        if (!expected.startsWith("\"65b0b8da")) {
            return expected;
        }
        try {
            return "\""
                    + java.util.HexFormat.of()
                            .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                                    .digest("kim@example.org".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                    + "\"";
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "29.00 | EUR | 29.00 | 2900 | 2900",
                "2900  | JPY | 2900  | 2900 | 2900",
                "1.234 | KWD | 1.234 | 1234 | 123",
                "1.235 | KWD | 1.235 | 1235 | 124",
                "0     | USD | 0.00  | 0    | 0",
                "999999999999999.99 | USD | 999999999999999.99 | 99999999999999999 | 99999999999999999",
            })
    void anAmountIsANumber(BigDecimal amount, String currency, String major, String minor, String cents) {
        Event sale = sale(Payment.of("u-1", "inv-1", Money.of(amount, currency)));
        assertThat(sent(sale, "\"{amount}\"")).isEqualTo(major);
        assertThat(sent(sale, "\"{amount.minor}\"")).isEqualTo(minor);
        assertThat(sent(sale, "\"{amount.cents}\"")).isEqualTo(cents);
        assertThat(sent(sale, "\"{amount | text}\"")).isEqualTo("\"" + major + "\"");
        assertThat(sent(sale, "\"{currency}\"")).isEqualTo("\"" + currency + "\"");
        assertThat(sent(sale, "\"{amount.minor | nonzero}\"")).isEqualTo(amount.signum() == 0 ? "absent" : minor);
    }

    private static Sale sale(Payment payment) {
        return Sale.of(ATTRIBUTION, payment, "Sign Up", NOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{subscription-id}                         | sub-1",
                "{interval}                                | quarter",
                "{product-id}                              | prod-1",
                "{processor}                               | stripe",
                "{invoice-id}                              | inv-1",
                "{customer.id}                             | u-1",
            })
    void aPaymentIsWritten(String template, String expected) {
        Payment payment = Payment.of("u-1", "inv-1", Money.of(BigDecimal.TEN, "EUR"))
                .forSubscription("sub-1", Payment.Interval.QUARTER)
                .withProduct("prod-1")
                .withProcessor("stripe");
        assertThat(sent(sale(payment), "\"" + template + "\"")).isEqualTo("\"" + expected + "\"");
    }

    @Test
    void aRefundOfAllHasNoAmount() {
        assertThat(sent(refund(null), "\"{amount.minor}\"")).isEqualTo("absent");
        assertThat(sent(refund(null), "\"{amount.minor or detail.sale}\"")).isEqualTo("\"s 7\"");
        assertThat(sent(refund(Money.of(BigDecimal.ONE, "EUR")), "\"{amount.minor}\""))
                .isEqualTo("100");
        assertThat(sent(refund(null), "\"{refund-id} {reason}\"")).isEqualTo("\"r-1 late\"");
        assertThat(sent(refund(null), "\"{refunded.minor}\"")).isEqualTo("absent");
        Refund third = refund(Money.of(BigDecimal.ONE, "KWD")).withTotal(Money.of(new BigDecimal("3.500"), "KWD"));
        assertThat(sent(third, "\"{refunded}\"")).isEqualTo("3.500");
        assertThat(sent(third, "\"{refunded.minor}\"")).isEqualTo("3500");
        assertThat(sent(third, "\"{refunded.cents}\"")).isEqualTo("350");
    }

    private static Refund refund(@Nullable Money amount) {
        return Refund.of(ATTRIBUTION, "u-1", "inv-1", "r-1", amount, "late", NOW);
    }

    @Test
    void whatIsAbsentIsLeftOutAndSoIsAnObjectWithoutFields() {
        Lead lead = Lead.of(ATTRIBUTION, Customer.of("u-1"), "Sign Up", NOW);
        assertThat(sent(
                        lead,
                        "{\"a\": \"{customer.name}\", \"b\": [\"{customer.email}\", \"{click-id}\", 1, true, null]}"))
                .isEqualTo("{\"b\":[\"c1\",1,true,null]}");
        assertThat(sent(lead, "{\"a\": {\"b\": \"{customer.name}\"}}")).isEqualTo("absent");
        assertThat(sent(lead, "{\"a\": [\"{customer.name}\"]}")).isEqualTo("absent");
    }

    @Test
    void aNumberNeverCarriesMoreThanANumber() {
        Lead lead = Lead.of(ATTRIBUTION.with("sale", "1,\"x\":2"), Customer.of("u-1"), "Sign Up", NOW);
        assertThat(sent(lead, "\"{detail.sale | number}\"")).isEqualTo("absent");
        assertThat(sent(lead, "\"{detail.sale}\"")).isEqualTo("\"1,\\\"x\\\":2\"");
    }

    @Test
    void aPathIsNeverAnotherOne() {
        TrackingBackend backend = BackendDeclaration.of("acme", """
                        {"name": "acme", "base-url": "https://a.example/v1",
                         "capture": [{"parameters": ["a"], "cookie": "a", "window": "30d"}],
                         "calls": {"lead": {"path": "/c/{click-id}/lead", "query": {"q": "{customer.id}", "n": "{customer.name}"},
                           "form": {"a b": "{customer.id}", "n": "{customer.name}", "fix": 1}, "repeat": "recognised",
                           "answers": [{"status": 200, "outcome": "recorded"}]}}}
                        """).backend(Map.of());
        HttpCall call = backend.call(lead("a/../b?c#d", "x&y=z +1"));
        assertThat(call.uri()).hasToString("https://a.example/v1/c/a%2F..%2Fb%3Fc%23d/lead?q=x%26y%3Dz%20%2B1");
        assertThat(call.body()).isEqualTo("a+b=x%26y%3Dz+%2B1&fix=1");
        assertThat(call.contentType()).isEqualTo("application/x-www-form-urlencoded");
        for (String dots : new String[] {".", ".."}) {
            assertThat(backend.outcomeWithoutCall(lead(dots, "u")))
                    .isNotNull()
                    .satisfies(outcome -> assertThat(outcome.verdict()).isEqualTo(Verdict.IGNORED));
        }
    }

    private static Lead lead(String clickId, String customer) {
        return Lead.of(new Attribution("acme", clickId, NOW), Customer.of(customer), "Sign Up", NOW);
    }
}
