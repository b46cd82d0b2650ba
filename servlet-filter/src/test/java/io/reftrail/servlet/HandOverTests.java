package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reftrail.Reftrail;
import io.reftrail.backend.HttpCall;
import io.reftrail.backend.HttpReply;
import io.reftrail.backend.affitor.AffitorBackend;
import io.reftrail.capture.CapturedQuery;
import io.reftrail.capture.Visit;
import io.reftrail.delivery.HttpTransport;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** Which requests are given a click id that is there, as far as no HTTP/1.1 server can send them. */
class HandOverTests {

    private final Reftrail reftrail = Reftrail.builder()
            .backend(AffitorBackend.of("token"))
            .transport(new Exchanging())
            .build();
    private final CaptureChain chain = new CaptureChain(reftrail, FilterSettings.DEFAULT);
    private String companion = "";

    @BeforeEach
    void landAndExchange() {
        HttpServletResponse landing = Mockito.mock();
        List<String> cookies = new ArrayList<>();
        Mockito.doAnswer(call -> cookies.add(call.getArgument(1)))
                .when(landing)
                .addHeader(Mockito.eq("Set-Cookie"), Mockito.anyString());
        CapturedQuery query = reftrail.visits().capture().read("aff=nora");
        assertThat(query).isNotNull();
        reftrail.visits()
                .recordLanding(
                        query.clicks().get(0),
                        new ServletCookieExchange(request("HTTP/1.1"), landing),
                        new Visit("https://shop.example/?aff=nora", null, "aff=nora", false));
        companion = cookies.get(0).replaceAll(";.*", "");
        await().until(() -> isGivenACookie(request("HTTP/1.1", companion)));
    }

    @AfterEach
    void close() {
        reftrail.close();
    }

    @Test
    void aCookieInAnyOfTheLinesOfHttp2IsUsed() {
        assertThat(isGivenACookie(request("HTTP/2.0", "a=b", "c=d", companion))).isTrue();
        assertThat(isGivenACookie(request("HTTP/2.0", "a=b", "c=d"))).isFalse();
    }

    @Test
    void aPageThatIsLoadedAheadIsLeftAlone() {
        HttpServletRequest ahead = request("HTTP/2.0", companion);
        Mockito.when(ahead.getHeader("Sec-Purpose")).thenReturn("prefetch");

        assertThat(isGivenACookie(ahead)).isFalse();
    }

    private boolean isGivenACookie(HttpServletRequest request) {
        HttpServletResponse response = Mockito.mock();
        chain.handOverClickIds(request, response);
        return Mockito.mockingDetails(response).getInvocations().stream()
                .anyMatch(call -> call.getMethod().getName().equals("addHeader"));
    }

    private static HttpServletRequest request(String protocol, String... cookies) {
        HttpServletRequest request = Mockito.mock();
        Mockito.when(request.getMethod()).thenReturn("GET");
        Mockito.when(request.getProtocol()).thenReturn(protocol);
        Mockito.when(request.getHeader("Sec-Fetch-Dest")).thenReturn("document");
        Mockito.when(request.getHeader("Cookie")).thenReturn(first(cookies));
        Mockito.when(request.getHeaders("Cookie")).thenAnswer(call -> Collections.enumeration(List.of(cookies)));
        return request;
    }

    private static @Nullable String first(String... cookies) {
        return cookies.length == 0 ? null : cookies[0];
    }

    /** Answers each call as Affitor answers a click. */
    private static final class Exchanging implements HttpTransport {

        @Override
        public HttpReply send(HttpCall call) {
            return new HttpReply(200, null, "{\"success\":true,\"click_id\":\"cust_1\"}", Instant.now());
        }

        @Override
        public void close() {}
    }
}
