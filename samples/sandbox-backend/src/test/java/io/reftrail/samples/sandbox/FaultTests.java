package io.reftrail.samples.sandbox;

import static io.reftrail.samples.sandbox.RunningSandbox.CONVERSIONS;
import static io.reftrail.samples.sandbox.RunningSandbox.INTROW_KEY;
import static io.reftrail.samples.sandbox.RunningSandbox.LEAD;
import static io.reftrail.samples.sandbox.RunningSandbox.json;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an ordered fault does to the connection, and that it leaves no trace but in the feed. */
class FaultTests {

    @RegisterExtension
    static final RunningSandbox sandbox = RunningSandbox.usual();

    @Test
    void answersAStatusAsOftenAsOrderedAndRecordsNothing() throws Exception {
        String body = "{\"clickId\":\"" + sandbox.click("/r/nora") + "\"}";
        order("{'vendor':'introw','kind':'status','status':503,'retryAfter':'2026-11-21T10:15:00Z','count':2}");

        for (int remaining = 1; remaining >= 0; remaining--) {
            HttpResponse<String> faulty = sandbox.post(CONVERSIONS, body, INTROW_KEY);
            assertThat(faulty.statusCode()).isEqualTo(503);
            assertThat(faulty.headers().firstValue("Retry-After")).hasValue("2026-11-21T10:15:00Z");
            assertThat(json(faulty).path("message").isString()).isTrue();
            assertThat(sandbox.lastVerdict()).isEqualTo("fault");
            assertThat(json(sandbox.get("/sandbox/faults")).at("/0/count").asInt())
                    .isEqualTo(remaining);
        }
        assertThat(sandbox.post(CONVERSIONS, body, INTROW_KEY).statusCode()).isEqualTo(201);
    }

    @Test
    void speaksTheVendorsLanguageInAnErrorBody() throws Exception {
        order("{'kind':'status','status':402}");
        assertThat(json(sandbox.post(CONVERSIONS, "{}")).path("code").asString())
                .isEqualTo("API_CREDITS_EXHAUSTED");
        order("{'kind':'status','status':429}");
        assertThat(json(sandbox.post(LEAD, "{}")).at("/error/code").asString()).isEqualTo("RATE_LIMIT_EXCEEDED");
    }

    @Test
    void meetsTheOrderedVendorOnlyAndNoLink() throws Exception {
        order("{'vendor':'refport','kind':'status'}");

        assertThat(sandbox.post(CONVERSIONS, "{}").statusCode()).isEqualTo(401);
        assertThat(sandbox.get("/go/leo").statusCode()).isEqualTo(302);
        assertThat(sandbox.post(LEAD, "{}").statusCode()).isEqualTo(500);
        assertThat(sandbox.post(LEAD, "{}").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "affitor, click, /affitor/api/v1/track/click, /affitor/api/v1/track/lead",
        "affonso, sale, /affonso/v1/conversions, /affonso/v1/clicks",
        "affihub, read, /affihub/api/v1/partners, /affihub/track/click",
        "dub, lead, /dub/track/lead, /dub/track/sale",
        "introw, lead, /introw/api/v1/affiliate/conversions, /refport/api/track/lead",
        "refport, sale, /refport/api/track/sale, /refport/api/track/lead"
    })
    void meetsTheOrderedKindOfCallOnly(String vendor, String kind, String broken, String whole) throws Exception {
        order("{'vendor':'" + vendor + "','endpoint':'" + kind + "','kind':'status','status':503}");

        assertThat(sandbox.post(whole, "{}").statusCode()).isNotEqualTo(503);
        HttpResponse<String> faulty = sandbox.post(broken, "{}");
        assertThat(faulty.statusCode()).isEqualTo(503);
        assertThat(json(faulty).isObject()).isTrue();
        assertThat(sandbox.post(broken, "{}").statusCode()).isNotEqualTo(503);
    }

    @Test
    void holdsACallUntilTheFaultsAreCleared() throws Exception {
        order("{'kind':'hang','seconds':600}");
        CompletableFuture<HttpResponse<String>> held = sandbox.postLater(LEAD, "{}");
        await().untilAsserted(() -> assertThat(sandbox.calls("")).hasSize(1));

        assertThat(sandbox.lastVerdict()).isEqualTo("fault");
        assertThat(sandbox.lastCall().path("status").isNull()).isTrue();
        assertThat(held).isNotDone();
        assertThat(sandbox.delete("/sandbox/faults").statusCode()).isEqualTo(204);
        assertThat(held.join().statusCode()).isEqualTo(503);
    }

    @Test
    void letsGoOfACallWhenItsTimeIsOver() throws Exception {
        order("{'kind':'hang','seconds':1}");

        assertThat(sandbox.post(LEAD, "{}").statusCode()).isEqualTo(503);
    }

    @Test
    void answersOthersWhileMoreCallsAreHeldThanTheServerHasThreads() throws Exception {
        order("{'kind':'hang','seconds':600,'count':230}");
        List<CompletableFuture<HttpResponse<String>>> held = IntStream.range(0, 230)
                .mapToObj(i -> sandbox.postLater(LEAD, "{}"))
                .toList();
        await().untilAsserted(
                        () -> assertThat(json(sandbox.get("/sandbox/faults"))).isEmpty());

        assertThat(sandbox.post(LEAD, "{}").statusCode()).isEqualTo(401);
        sandbox.delete("/sandbox/faults");
        assertThat(held).allSatisfy(call -> assertThat(call.join().statusCode()).isEqualTo(503));
    }

    @Test
    void dropsTheConnectionWithoutAByte() throws Exception {
        order("{'kind':'reset','count':2}");

        assertThatIOException().isThrownBy(() -> sandbox.post(LEAD, "{}"));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), sandbox.port())) {
            socket.setSoTimeout(5_000);
            String head = "POST " + LEAD + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}";
            socket.getOutputStream().write(head.getBytes(US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(sandbox.calls("")).hasSize(2).allMatch(call -> call.path("status")
                .isNull());
        assertThat(sandbox.post(LEAD, "{}").statusCode()).isEqualTo(401);
    }

    @Test
    void answersAMaintenancePage() throws Exception {
        order("{'kind':'html'}");

        HttpResponse<String> response = sandbox.post(LEAD, "{}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(response.body()).contains("<h1>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'kind':null}",
                "{'kind':'earthquake'}",
                "{'kind':'html','vendor':'nobody'}",
                "{'kind':'html','endpoint':'coffee'}",
                "{'kind':'html','vendor':'affihub','endpoint':'lead'}",
                "{'kind':'status','status':99}",
                "{'kind':'status','count':0}",
                "{'kind':'hang','seconds':0}",
                "{'kind':"
            })
    void refusesAnOrderThatMakesNoSense(String order) throws Exception {
        assertThat(sandbox.post("/sandbox/faults", order.replace('\'', '"')).statusCode())
                .isEqualTo(400);
        assertThat(json(sandbox.get("/sandbox/faults"))).isEmpty();
    }

    private static void order(String order) throws Exception {
        assertThat(sandbox.post("/sandbox/faults", order.replace('\'', '"')).statusCode())
                .isEqualTo(201);
    }
}
