package io.reftrail.samples.sandbox;

import static io.reftrail.samples.sandbox.RunningSandbox.CONVERSIONS;
import static io.reftrail.samples.sandbox.RunningSandbox.INTROW_KEY;
import static io.reftrail.samples.sandbox.RunningSandbox.LEAD;
import static io.reftrail.samples.sandbox.RunningSandbox.REFPORT_KEY;
import static io.reftrail.samples.sandbox.RunningSandbox.SALE;
import static io.reftrail.samples.sandbox.RunningSandbox.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.samples.sandbox.CallFeed.EmailMask;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What {@code /sandbox/calls} and {@code /sandbox/funnel} tell about the calls. */
class FeedTests {

    @RegisterExtension
    static final RunningSandbox sandbox = RunningSandbox.usual();

    @Test
    void tellsWhoCalledWhatAndWhatBecameOfIt() throws Exception {
        String click = sandbox.click("/go/leo");
        String body = "{\"clickId\":\"" + click + "\",\"eventName\":\"Sign Up\",\"customerExternalId\":\"a1\","
                + "\"customerEmail\":\"mia@example.org\"}";
        sandbox.post(LEAD + "?trace=1", body, REFPORT_KEY);

        JsonNode call = sandbox.lastCall();

        assertThat(call.propertyNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "at",
                        "vendor",
                        "method",
                        "path",
                        "status",
                        "verdict",
                        "reason",
                        "partner",
                        "customer",
                        "email",
                        "emailHash",
                        "clickId",
                        "kind",
                        "amount",
                        "currency",
                        "sum");
        assertThat(call.path("vendor").asString()).isEqualTo("refport");
        assertThat(call.path("method").asString()).isEqualTo("POST");
        assertThat(call.path("path").asString()).isEqualTo(LEAD);
        assertThat(call.path("status").asInt()).isEqualTo(200);
        assertThat(call.path("verdict").asString()).isEqualTo("recorded");
        assertThat(call.path("reason").asString()).contains("lead").contains("leo");
        assertThat(call.path("partner").asString()).isEqualTo("leo");
        assertThat(call.path("customer").asString()).isEqualTo("a1");
        assertThat(call.path("email").asString()).isEqualTo("m***@example.org");
        assertThat(call.path("clickId").asString()).isEqualTo(click);
        assertThat(call.path("at").asString()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
    }

    @Test
    void showsTheNewestLastAndOnWishOnlyWhatCameAfter() throws Exception {
        sandbox.get("/r/nora");
        sandbox.get("/r/leo");
        sandbox.get("/r/mia");
        List<JsonNode> all = sandbox.calls("");
        long second = all.get(1).path("id").asLong();

        assertThat(all).extracting(call -> call.path("partner").asString()).containsExactly("nora", "leo", "mia");
        assertThat(sandbox.calls("?after=" + second)).containsExactly(all.get(2));
        assertThat(sandbox.calls("?limit=2")).containsExactly(all.get(1), all.get(2));
    }

    @Test
    void showsAFaultyPathAndMethodToo() throws Exception {
        assertThat(sandbox.post("/introw/api/v1/affiliate/conversion", "{}").statusCode())
                .isEqualTo(404);
        assertThat(sandbox.lastCall().path("reason").asString()).contains("no vendor");
        assertThat(sandbox.get(CONVERSIONS).statusCode()).isEqualTo(405);
        assertThat(sandbox.lastVerdict()).isEqualTo("rejected");
    }

    @Test
    void countsTheFunnelForEachVendorAndPartner() throws Exception {
        sandbox.get("/r/nora");
        String token = sandbox.click("/r/leo");
        sandbox.post(CONVERSIONS, "{\"clickId\":\"" + token + "\"}", INTROW_KEY);
        String click = sandbox.click("/go/leo");
        String sale = "{\"clickId\":\"" + click + "\",\"customerExternalId\":\"a1\",\"amount\":100}";
        sandbox.post(SALE, sale, REFPORT_KEY);

        assertThat(sandbox.funnel("introw").toString())
                .isEqualTo("{\"vendor\":\"introw\",\"clicks\":2,\"leads\":1,\"sales\":0}");
        assertThat(sandbox.funnel("refport").toString())
                .isEqualTo("{\"vendor\":\"refport\",\"clicks\":1,\"leads\":0,\"sales\":1}");
        assertThat(sandbox.funnel().path("partners").toString()).isEqualTo("""
                [{"vendor":"introw","partner":"leo","clicks":1,"leads":1,"sales":0},\
                {"vendor":"introw","partner":"nora","clicks":1,"leads":0,"sales":0},\
                {"vendor":"refport","partner":"leo","clicks":1,"leads":0,"sales":1}]""");
    }

    @Test
    void isEmptyAfterAResetAndKeepsCounting() throws Exception {
        sandbox.get("/r/nora");
        long before = sandbox.lastCall().path("id").asLong();
        sandbox.post("/sandbox/faults", "{\"kind\":\"html\"}");

        assertThat(sandbox.post("/sandbox/reset", "").statusCode()).isEqualTo(204);

        assertThat(sandbox.calls("")).isEmpty();
        assertThat(sandbox.funnel("introw").at("/clicks").asInt()).isZero();
        assertThat(json(sandbox.get("/sandbox/faults"))).isEmpty();
        sandbox.get("/r/nora");
        assertThat(sandbox.calls("?after=" + before)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "mia@example.org, m***@example.org",
        "m@example.org, m***@example.org",
        "mia, ***",
        "@example.org, ***",
        "a@b@c, a***@c"
    })
    void masksAnAddress(String email, String masked) {
        assertThat(EmailMask.mask(email)).isEqualTo(masked);
    }
}
