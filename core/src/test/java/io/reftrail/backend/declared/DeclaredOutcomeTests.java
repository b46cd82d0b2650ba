package io.reftrail.backend.declared;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.HttpReply;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.Customer;
import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.model.Money;
import io.reftrail.model.Outcome;
import io.reftrail.model.Payment;
import io.reftrail.model.Refund;
import io.reftrail.model.Sale;
import io.reftrail.model.SubscriptionChange;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The answers of the contracts' pages and what they mean, row by row: status, body, outcome, and what is learnt. */
class DeclaredOutcomeTests {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    /** docs/contracts/firstpromoter.md, section 3. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "lead   | 200 | {\"id\":45831611,\"etype\":\"signup\",\"referral\":{\"id\":1,\"uid\":\"u\"}} | recorded | ``",
                "lead   | 200 | {\"message\":\"x\"}                                    | retry     | ``",
                "lead   | 200 | ``                                                     | retry     | ``",
                "lead   | 400 | {\"message\":\"Error. Email and uid can not be blank!\"} | rejected | ``",
                "lead   | 404 | {\"message\":\"Visitor  invalid, not found or you are trying\"} | rejected | ``",
                "lead   | 404 | {}                                                     | pause     | ``",
                "lead   | 404 | <html>                                                 | pause     | ``",
                "lead   | 422 | {\"transaction_id\":\"there is already a signup event registered on this lead\"} | duplicate | ``",
                "lead   | 422 | {\"email\":\"is invalid\"}                             | rejected  | ``",
                "lead   | 401 | {}                                                     | pause     | ``",
                "lead   | 429 | ``                                                     | pause     | ``",
                "lead   | 500 | {}                                                     | retry     | ``",
                "sale   | 200 | {\"id\":1,\"sale_amount\":2900,\"original_sale_amount\":3100,\"original_sale_currency\":\"USD\"} | recorded | paid=3100 paid-in=USD",
                "sale   | 200 | {\"id\":1,\"sale_amount\":2900,\"original_sale_amount\":null,\"original_sale_currency\":null} | recorded | paid=2900",
                "sale   | 200 | {\"id\":1}                                             | recorded  | ``",
                "sale   | 404 | {\"message\":\"Referral corresponding …\",\"code\":\"not_found\"} | ignored | ``",
                "sale   | 404 | {\"message\":\"no route\"}                             | pause     | ``",
                "sale   | 409 | {\"message\":\"The 'sale' event with the id 'x' already exists.\"} | duplicate | ``",
                "refund | 200 | {\"id\":1,\"type\":\"refund\"}                         | recorded  | ``",
                "refund | 204 | ``                                                     | ignored   | ``",
                "refund | 409 | {\"message\":\"The 'refund' event with the id 'x' already exists.\"} | duplicate | ``",
                "cancellation | 200 | {\"id\":33848911,\"type\":\"cancellation\",\"lead\":{\"state\":\"cancelled\"}} | recorded | ``",
                "cancellation | 400 | {\"message\":\"Error. Email and uid can not be blank!\"} | rejected | ``",
                "cancellation | 404 | {\"message\":\"Referral corresponding …\",\"code\":\"not_found\"} | ignored | ``",
            })
    void firstPromoter(String kind, int status, String body, String outcome, String learnt) {
        check("firstpromoter", kind, status, body, outcome, learnt);
    }

    /** docs/contracts/tolt.md, section 3. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "click  | 201 | {\"success\":true,\"data\":{\"id\":\"clk_3nV\",\"partner_id\":\"part_8f\"}} | recorded | click-id=clk_3nV partner=part_8f",
                "click  | 200 | {\"success\":true,\"data\":{\"id\":\"clk_3nV\"}}       | retry     | ``",
                "click  | 200 | {\"success\":false}                                    | retry     | ``",
                "click  | 404 | {\"success\":false,\"code\":\"not_found\"}             | rejected  | ``",
                "click  | 404 | {\"success\":false,\"error\":\"Link not found\"}       | pause     | ``",
                "click  | 400 | {\"success\":false,\"code\":\"invalid_reference\"}     | rejected  | ``",
                "lead   | 201 | {\"success\":true,\"data\":{\"id\":\"cus_3V\"}}        | recorded  | customer=cus_3V",
                "lead   | 201 | {\"success\":true,\"data\":{}}                         | retry     | ``",
                "lead   | 409 | {\"success\":false,\"code\":\"already_exists\"}        | duplicate | ``",
                "lead   | 400 | {\"success\":false,\"code\":\"validation_error\"}      | rejected  | ``",
                "lead   | 401 | {\"success\":false,\"code\":\"unauthorized\"}          | pause     | ``",
                "lead   | 429 | {\"success\":false,\"code\":\"rate_limited\"}          | pause     | ``",
                "sale   | 201 | {\"success\":true,\"data\":{\"id\":\"txn_H\",\"amount\":\"2900\"}} | recorded | charged=2900 transaction=txn_H",
                "sale   | 201 | {\"success\":true,\"data\":{\"id\":\"txn_H\"}}         | recorded  | transaction=txn_H",
                "sale   | 409 | {\"success\":false,\"code\":\"already_exists\"}        | duplicate | ``",
                "sale   | 400 | {\"success\":false,\"code\":\"invalid_reference\"}     | rejected  | ``",
                "refund | 200 | {\"success\":true,\"data\":{\"status\":\"refunded\"}}  | recorded  | ``",
                "refund | 409 | {\"success\":false,\"code\":\"transaction_refunded\"}  | duplicate | ``",
                "refund | 404 | {\"success\":false,\"code\":\"not_found\"}             | rejected  | ``",
            })
    void tolt(String kind, int status, String body, String outcome, String learnt) {
        check("tolt", kind, status, body, outcome, learnt);
    }

    /** docs/contracts/rewardful.md, section 3. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "lead   | 200 | {\"id\":\"d154\",\"conversion_state\":\"lead\"}        | recorded  | ``",
                "lead   | 404 | {\"error\":\"Referral not found\"}                     | rejected  | ``",
                "lead   | 404 | <html>                                                 | pause     | ``",
                "lead   | 422 | {\"error\":\"Could not …\",\"details\":[\"x\"]}        | rejected  | ``",
                "lead   | 401 | {\"error\":\"Invalid API Secret.\"}                    | pause     | ``",
                "lead   | 429 | {\"error\":\"Too many requests\"}                      | pause     | ``",
                "sale   | 200 | {\"id\":\"74e3\",\"currency\":\"USD\",\"charged_at\":\"2020-08-19T16:28:25.000Z\",\"invoiced_at\":\"2020-08-19T16:28:25.000Z\",\"external_id\":\"MY-ID\",\"charge_amount_cents\":10000} | recorded | charged=10000 charged-at=2020-08-19T16:28:25.000Z currency=USD invoice=MY-ID invoiced-at=2020-08-19T16:28:25.000Z sale=74e3",
                "sale   | 200 | {\"id\":\"74e3\"}                                      | recorded  | ``",
                "sale   | 422 | {\"error\":\"Could not create sale.\"}                 | rejected  | ``",
                "refund | 200 | {\"id\":\"74e3\",\"currency\":\"USD\",\"charged_at\":\"2020-08-19T16:28:25.000Z\",\"invoiced_at\":\"2020-08-19T16:28:25.000Z\",\"external_id\":\"MY-ID\",\"charge_amount_cents\":10000} | recorded | charged=10000 charged-at=2020-08-19T16:28:25.000Z currency=USD invoice=MY-ID invoiced-at=2020-08-19T16:28:25.000Z sale=74e3",
                "refund | 200 | {\"id\":\"74e3\"}                                      | recorded  | ``",
                "refund | 404 | {\"error\":\"Sale not found\"}                         | rejected  | ``",
            })
    void rewardful(String kind, int status, String body, String outcome, String learnt) {
        check("rewardful", kind, status, body, outcome, learnt);
    }

    /** docs/contracts/tapfiliate.md, section 3. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "click  | 200 | {\"id\":\"XXXX-XXXX\"}                                 | recorded  | click-id=XXXX-XXXX",
                "click  | 201 | {\"id\":\"XXXX-XXXX\"}                                 | recorded  | click-id=XXXX-XXXX",
                "click  | 201 | {}                                                     | retry     | ``",
                "click  | 422 | {\"message\":\"referral_code\"}                        | rejected  | ``",
                "click  | 404 | {\"message\":\"Not found\"}                            | rejected  | ``",
                "lead   | 201 | {\"id\":\"cu_e\",\"customer_id\":\"u\"}                | recorded  | ``",
                "lead   | 422 | {\"message\":\"x\"}                                    | rejected  | ``",
                "lead   | 401 | {\"message\":\"x\"}                                    | pause     | ``",
                "sale   | 201 | {\"id\":1,\"external_id\":\"ORDER001\"}                | recorded  | ``",
                "sale   | 422 | {\"message\":\"external_id\"}                          | rejected  | ``",
                "sale   | 500 | ``                                                     | retry     | ``",
            })
    void tapfiliate(String kind, int status, String body, String outcome, String learnt) {
        check("tapfiliate", kind, status, body, outcome, learnt);
    }

    /** docs/contracts/everflow.md, section 3. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "click  | 200 | {\"aid\":411,\"error_code\":0,\"oid\":2101,\"transaction_id\":\"73b30b22\"} | recorded | click-id=73b30b22",
                "click  | 200 | {\"error_code\":3,\"transaction_id\":\"\"}             | retry     | ``",
                "click  | 200 | <html>                                                 | retry     | ``",
                "lead   | 200 | ``                                                     | recorded  | ``",
                "lead   | 200 | <html>                                                 | recorded  | ``",
                "lead   | 204 | ``                                                     | recorded  | ``",
                "lead   | 404 | ``                                                     | pause     | ``",
                "sale   | 200 | SUCCESS                                                | recorded  | ``",
                "sale   | 502 | <html>                                                 | retry     | ``",
            })
    void everflow(String kind, int status, String body, String outcome, String learnt) {
        check("everflow", kind, status, body, outcome, learnt);
    }

    /** Everflow's answer has only the click id; details of an earlier answer belong to the earlier click. */
    @Test
    void theAnswerToANewerClickEndsWhatIsKnownOfTheOneBefore() {
        Map<String, String> before = Map.of(Attribution.CODE, "nora", "partner", "part_8f");
        Attribution pending = new Attribution("everflow", "click-1", NOW, "key-1", before);
        Event newer = event("everflow", "click").withAttribution(pending);

        Outcome said = BackendDeclaration.shipped("everflow")
                .sample(Map.of())
                .outcome(newer, new HttpReply(200, null, "{\"error_code\":0,\"transaction_id\":\"click-2\"}", NOW));

        assertThat(said.attribution())
                .isEqualTo(new Attribution("everflow", "click-2", NOW, "key-1", Map.of(Attribution.CODE, "nora")));
    }

    private static void check(String vendor, String kind, int status, String body, String outcome, String learnt) {
        TrackingBackend backend = BackendDeclaration.shipped(vendor).sample(Map.of());
        Event event = event(vendor, kind);
        Outcome said = backend.outcome(event, new HttpReply(status, null, body, NOW));
        assertThat(said.verdict().name().toLowerCase(Locale.ROOT)).isEqualTo(outcome);
        Map<String, String> known = new TreeMap<>();
        Attribution attribution = said.attribution();
        if (attribution != null) {
            known.putAll(attribution.details());
            if (event instanceof Click) {
                known.put("click-id", attribution.requireClickId());
            }
        }
        assertThat(String.join(
                        " ",
                        known.entrySet().stream()
                                .map(entry -> entry.getKey() + "=" + entry.getValue())
                                .toList()))
                .isEqualTo(learnt);
    }

    private static Event event(String vendor, String kind) {
        Attribution attribution = new Attribution(vendor, "click-1", NOW);
        return switch (kind) {
            case "click" ->
                new Click(
                        new Attribution(vendor, null, NOW, "key-1", Map.of()),
                        "nora",
                        null,
                        null,
                        null,
                        null,
                        Map.of(),
                        NOW);
            case "lead" -> Lead.of(attribution, Customer.of("u-1"), "Sign Up", NOW);
            case "sale" ->
                Sale.of(attribution, Payment.of("u-1", "i-1", Money.of(BigDecimal.TEN, "EUR")), "Sign Up", NOW);
            case "cancellation" ->
                SubscriptionChange.of(attribution, SubscriptionChange.Kind.ENDED, "u-1", "s-1", "Sign Up", NOW);
            default -> Refund.of(attribution, "u-1", "i-1", "r-1", null, null, NOW);
        };
    }
}
