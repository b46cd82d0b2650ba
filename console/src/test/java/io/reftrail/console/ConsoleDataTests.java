package io.reftrail.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reftrail.CodeStatus;
import io.reftrail.LeadStatus;
import io.reftrail.PaymentReason;
import io.reftrail.SaleStatus;
import io.reftrail.SignInReason;
import io.reftrail.capture.CaptureResult;
import io.reftrail.capture.TouchResult;
import io.reftrail.delivery.DeliveryReason;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.Decision;
import io.reftrail.policy.PolicyReason;
import io.reftrail.testing.StubServer;
import io.reftrail.testing.StubServer.Answer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The data that the console shows of a running application. */
@ExtendWith(OutputCaptureExtension.class)
class ConsoleDataTests {

    private static final Attribution CLICK = new Attribution("introw", "aff_1", Instant.parse("2026-11-12T09:14:00Z"));

    private static void becomeALead(Shop shop, String customer) {
        shop.reftrail().lead(CLICK, Customer.of(customer));
    }

    private static void awaitSettled(Shop shop) {
        await().until(() -> shop.reftrail().operations().outbox().depth("introw") == 0
                && shop.reftrail().operations().queues().get(0).inFlight() == 0);
    }

    private static JsonNode step(JsonNode funnel, String title) {
        return funnel.path("steps")
                .valueStream()
                .filter(step -> step.path("title").asString().equals(title))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theFunnelShowsTheWayFromALandingToMoney() {
        try (StubServer vendor = StubServer.answering(Answer.recorded());
                Shop shop = new Shop("reftrail.introw.base-url=" + vendor.url(), "reftrail.introw.conversion=sale")) {
            shop.visit("/pricing?irw_id=aff_1");
            shop.visit("/pricing?irw_id=aff_2");
            shop.visit("/pricing?irw_id=");
            becomeALead(shop, "kim");
            awaitSettled(shop);
            shop.reftrail().sale("kim", new BigDecimal("19.00"), "EUR", "invoice-1");
            awaitSettled(shop);

            await().untilAsserted(() -> {
                JsonNode funnel = shop.json("/data/funnel?range=hour");
                assertThat(step(funnel, "Landings").path("count").asInt()).isEqualTo(2);
                assertThat(step(funnel, "Landings").path("unit").asString()).isEqualTo("captured of 3 seen");
                assertThat(step(funnel, "Landings").at("/stopped/0/reason").asString())
                        .isEqualTo("empty");
                assertThat(step(funnel, "Landings").at("/stopped/0/meaning").asString())
                        .isEqualTo("the parameter has no value");
                assertThat(step(funnel, "Leads").path("count").asInt()).isOne();
                assertThat(step(funnel, "Delivered").path("count").asInt()).isOne();
                assertThat(step(funnel, "Sales").path("count").asInt()).isOne();
                assertThat(funnel.path("money").toString())
                        .isEqualTo(
                                "[{\"currency\":\"EUR\",\"sales\":1,\"sold\":\"19.00\",\"refunds\":0,\"refunded\":\"0.00\"}]");
                assertThat(funnel.path("periods").size()).isEqualTo(60);
                assertThat(funnel.path("periods").valueStream().mapToInt(period -> period.path("clicks")
                                .asInt()))
                        .contains(2);
            });
            assertThat(shop.json("/data/funnel?range=year").path("periods").size())
                    .isEqualTo(52);
            assertThat(step(shop.json("/data/funnel?range=day&backend=dub"), "Landings")
                            .path("count")
                            .asInt())
                    .isZero();
        }
    }

    @Test
    void countsSurviveARestartAndThoseOfAllNodesAreAddedUp() {
        String database = "spring.datasource.url=jdbc:h2:mem:shared;DB_CLOSE_DELAY=-1";
        try (StubServer vendor = StubServer.answering(Answer.recorded());
                Shop one = new Shop(database, "reftrail.introw.base-url=" + vendor.url())) {
            try (Shop other = new Shop(database, "reftrail.introw.base-url=" + vendor.url())) {
                other.visit("/pricing?irw_id=aff_1");
                assertThat(other.json("/data/vendors").path("nodes").size()).isPositive();
            }
            one.visit("/pricing?irw_id=aff_2");
            assertThat(step(one.json("/data/funnel?range=hour"), "Landings")
                            .path("count")
                            .asInt())
                    .isEqualTo(2);
        }
    }

    @Test
    void aVendorShowsWhyItIsPausedAndItsLastCalls() {
        try (StubServer vendor = StubServer.answering(Answer.of(401, "{}"), Answer.recorded());
                Shop shop = new Shop("reftrail.introw.base-url=" + vendor.url())) {
            becomeALead(shop, "kim");

            await().untilAsserted(() -> {
                JsonNode introw = shop.json("/data/vendors").at("/vendors/0");
                assertThat(introw.path("state").asString()).isEqualTo("PAUSED_FOR_CREDENTIALS");
                assertThat(introw.at("/pauses/0/reason").asString()).contains("401");
                assertThat(Instant.parse(introw.at("/pauses/0/until").asString()))
                        .isAfter(Instant.now());
                assertThat(introw.path("limit").asString()).isEqualTo("120 calls per minute");
                assertThat(introw.path("waiting").asInt()).isOne();
                assertThat(introw.at("/calls/0/call/verdict").asString()).isEqualTo("pause");
                assertThat(introw.at("/calls/0/call/event").asString()).isEqualTo("lead");
            });

            assertThat(shop.act("resume", "{\"subject\":\"introw\"}").body()).isEqualTo("{\"done\":1}");
            awaitSettled(shop);
            await().untilAsserted(() -> assertThat(shop.json("/data/vendors")
                            .at("/vendors/0/calls/0/call/verdict")
                            .asString())
                    .isEqualTo("recorded"));
        }
    }

    @Test
    void deadEventsAreReplayedAndDiscarded() throws Exception {
        try (StubServer vendor = StubServer.answering(Answer.recorded());
                Shop shop = new Shop("reftrail.introw.base-url=" + vendor.url())) {
            DeadLeads.in(shop, "a", "b", "c");
            JsonNode dead = shop.json("/data/vendors").path("dead");
            assertThat(dead.size()).isEqualTo(3);

            assertThat(shop.act("discard", "{\"subject\":\"" + dead.at("/0/id").asString() + "\"}")
                            .body())
                    .isEqualTo("{\"done\":1}");
            assertThat(shop.act("replay", "{\"subject\":\"" + dead.at("/1/id").asString() + "\"}")
                            .body())
                    .isEqualTo("{\"done\":1}");
            assertThat(shop.act("replay-all", "{\"subject\":\"introw\"}").body())
                    .isEqualTo("{\"done\":1}");
            assertThat(shop.json("/data/vendors").path("dead").size()).isZero();
        }
    }

    @Test
    void withheldLeadsAreReleasedAndDiscardedAndTheAuditLogNamesTheOperator(CapturedOutput output) {
        try (StubServer vendor = StubServer.answering(Answer.recorded());
                Shop shop =
                        new Shop("reftrail.introw.base-url=" + vendor.url(), "reftrail.lead.disposable-mail=hold")) {
            for (String customer : new String[] {"a", "b", "c", "d"}) {
                shop.reftrail().lead(CLICK, Customer.of(customer).withEmail(customer + "@mailinator.com"));
            }
            JsonNode vendors = shop.json("/data/vendors");
            assertThat(vendors.at("/vendors/0/held").asInt()).isEqualTo(4);
            assertThat(vendors.at("/vendors/0/waiting").asInt()).isZero();
            JsonNode first = vendors.at("/withheld/0");
            assertThat(first.path("customer").asString()).isEqualTo("a");
            assertThat(first.path("held").asBoolean()).isTrue();
            assertThat(first.path("reason").asString()).isEqualTo("disposable-mail");
            assertThat(shop.act("customer", "{\"subject\":\"a\"}").body())
                    .contains("a policy holds the lead (disposable-mail); it waits for an operator");

            String second = vendors.at("/withheld/1/id").asString();
            assertThat(shop.act("release", "{\"subject\":\"" + first.path("id").asString() + "\"}")
                            .body())
                    .isEqualTo("{\"done\":1}");
            assertThat(shop.act("decline", "{\"subject\":\"" + second + "\"}").body())
                    .isEqualTo("{\"done\":1}");
            assertThat(shop.act("release", "{\"subject\":\"" + second + "\"}").body())
                    .isEqualTo("{\"done\":0}");
            assertThat(shop.act("release-all", "{\"subject\":\"introw\"}").body())
                    .isEqualTo("{\"done\":2}");

            awaitSettled(shop);
            assertThat(vendor.requests()).hasSize(3);
            assertThat(shop.json("/data/vendors").path("withheld").size()).isZero();
            assertThat(shop.act("customer", "{\"subject\":\"b\"}").body())
                    .contains("the lead was declined (disposable-mail)");
            await().untilAsserted(() -> assertThat(step(shop.json("/data/funnel?range=hour"), "Leads")
                            .path("stopped")
                            .toString())
                    .contains("\"reason\":\"held\"", "\"count\":4"));
        }
        assertThat(output)
                .contains("olga released the withheld lead ", "olga discarded the withheld lead ")
                .contains("olga released the held leads of introw: 2");
    }

    @Test
    void oneCustomersWayIsToldInWordsAndForgotten() {
        try (StubServer vendor = StubServer.answering(Answer.of(500, "{}"), Answer.recorded());
                Shop shop = new Shop("reftrail.introw.base-url=" + vendor.url())) {
            shop.reftrail().rememberSignIn(Customer.of("kim"));
            becomeALead(shop, "kim");
            awaitSettled(shop);

            await().untilAsserted(() -> {
                JsonNode story = JsonMapper.shared()
                        .readTree(shop.act("customer", "{\"subject\":\"kim\"}").body());
                assertThat(story.path("summary").asString()).isEqualTo("A lead of introw.");
                assertThat(story.path("steps").valueStream())
                        .extracting(step -> step.path("text").asString())
                        .startsWith("clicked a partner's link of introw")
                        .contains("became a lead for introw", "signed in for the first time that Reftrail has seen")
                        .anySatisfy(text -> assertThat(text)
                                .isEqualTo("introw recorded the lead after 1 failed attempt (HTTP 500)"));
                assertThat(story.at("/steps/0/at").asString()).isEqualTo("2026-11-12T09:14:00Z");
            });

            assertThat(shop.act("export", "{\"subject\":\"kim\"}").body())
                    .startsWith("{\"customer\":\"kim\"")
                    .contains("aff_1");
            assertThat(shop.act("forget", "{\"subject\":\"kim\"}").body()).isEqualTo("{\"done\":2}");
            assertThat(shop.act("customer", "{\"subject\":\"kim\"}").body())
                    .contains("Nothing is stored of a customer with this id");
        }
    }

    @Test
    void theDoctorTellsWhatTheStartFoundAndHowTheOutboxIs() {
        try (Shop shop = new Shop()) {
            String findings = shop.json("/data/doctor").toString();
            assertThat(findings)
                    .contains("Reftrail reports to [introw]; leads wait in the application's H2 database")
                    .contains("Sign-ins are reported from 1 security filter chains")
                    .contains("The capture filter (order -110) is before Spring Security (order -100)")
                    .contains("is committed and rolled back with the transaction that reports it")
                    .contains("The outbox answers")
                    .contains("clock")
                    .contains("The console requires a role")
                    .doesNotContain("\"works\":false");
            assertThat(shop.act("check", "{\"subject\":\"introw\"}").body()).contains("documents no call");
        }
    }

    @Test
    void aKeyIsCheckedByACallThatRecordsNothing() {
        try (StubServer vendor = StubServer.answering(Answer.of(401, "{}"), Answer.of(200, "{}"));
                Shop shop = new Shop("reftrail.affitor.api-key=key", "reftrail.affitor.base-url=" + vendor.url())) {
            assertThat(shop.act("check", "{\"subject\":\"affitor\"}").body())
                    .contains("refuses the key. Correct the properties reftrail.affitor.*");
            assertThat(shop.act("check", "{\"subject\":\"affitor\"}").body()).contains("accepts the key");
        }
    }

    static Stream<Decision.Reason> reasons() {
        return Stream.of(
                        CaptureResult.values(),
                        SignInReason.values(),
                        CodeStatus.values(),
                        LeadStatus.values(),
                        PolicyReason.values(),
                        SaleStatus.values(),
                        PaymentReason.values(),
                        TouchResult.values(),
                        DeliveryReason.values())
                .flatMap(Stream::of);
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void eachReasonIsPutIntoWords(Decision.Reason reason) {
        assertThat(Words.of(reason.stage(), reason.text())).isNotEqualTo(reason.text());
    }
}
