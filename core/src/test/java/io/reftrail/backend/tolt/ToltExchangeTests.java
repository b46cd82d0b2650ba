package io.reftrail.backend.tolt;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.Reftrail;
import io.reftrail.backend.declared.BackendDeclaration;
import io.reftrail.capture.CapturedQuery;
import io.reftrail.capture.CookieSigning;
import io.reftrail.capture.Visit;
import io.reftrail.model.Customer;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.memory.InMemoryOutbox;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.RecordingExchange;
import io.reftrail.testing.StubServer;
import io.reftrail.testing.StubServer.Answer;
import io.reftrail.testing.StubServer.Received;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A lead of Tolt names the partner that only the answer to the click tells (docs/contracts/tolt.md, section 3.2). */
class ToltExchangeTests {

    private static final Customer KIM = Customer.of("kim").withEmail("kim@example.org");
    private static final CookieSigning SIGNING =
            CookieSigning.of(List.of("a-signing-key-of-more-than-thirty-two-characters"));

    private volatile String partnerOfLeo = "prt_leo";
    private final StubServer tolt = StubServer.answering(this::answer);
    private final HandSetClock clock = new HandSetClock();
    private final InMemoryOutbox outbox = new InMemoryOutbox(4, clock);
    private final Reftrail reftrail = node(outbox, SIGNING);

    private Answer answer(Received request) {
        if (!request.path().endsWith("/clicks")) {
            return Answer.of(200, "{\"success\":true,\"data\":{\"id\":\"cus_1\"}}");
        }
        if (request.body().contains("\"leo\"")) {
            return Answer.of(200, click("clk_leo", partnerOfLeo));
        }
        return request.body().contains("\"mia\"")
                ? Answer.of(200, click("clk_mia", "prt_mia"))
                : Answer.of(404, "{\"success\":false,\"code\":\"not_found\"}");
    }

    private static String click(String id, String partner) {
        return "{\"success\":true,\"data\":{\"id\":\"" + id + "\",\"partner_id\":\"" + partner + "\"}}";
    }

    private Reftrail node(Outbox outbox, CookieSigning signing) {
        return Reftrail.builder()
                .backend(BackendDeclaration.shipped("tolt")
                        .backend(Map.of("api-key", "k1", "currency", "EUR", "base-url", tolt.url())))
                .outbox(outbox)
                .cookieSigning(signing)
                .clock(clock)
                .build();
    }

    @AfterEach
    void close() {
        reftrail.close();
        tolt.close();
    }

    private RecordingExchange land(RecordingExchange exchange, String link) {
        String query = "ref=" + link;
        CapturedQuery captured = reftrail.visits().capture().read(query);
        assertThat(captured).isNotNull();
        Visit visit = new Visit("https://shop.example/?" + query, null, query, false);
        captured.clicks().forEach(click -> reftrail.visits().recordLanding(click, exchange, visit));
        return exchange.next();
    }

    private RecordingExchange handedOver(RecordingExchange before) {
        delivered(outbox);
        RecordingExchange[] home = new RecordingExchange[1];
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
            clock.advance(Duration.ofSeconds(1));
            home[0] = before.next();
            reftrail.visits().handOver(home[0]);
            return !home[0].setCookies().isEmpty();
        });
        return home[0].next();
    }

    private void delivered(InMemoryOutbox outbox) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
            clock.advance(Duration.ofSeconds(1));
            return outbox.depth("tolt") == 0;
        });
    }

    /** The customers that Tolt received, sent by a node whose memory knows nothing of the click. */
    private List<String> signUpElsewhere(RecordingExchange visitor) {
        InMemoryOutbox empty = new InMemoryOutbox(4, clock);
        try (Reftrail other = node(empty, SIGNING)) {
            other.lead(visitor, KIM);
            delivered(empty);
        }
        return customers();
    }

    private List<String> customers() {
        return tolt.requests().stream()
                .filter(request -> request.path().endsWith("/customers"))
                .map(Received::body)
                .toList();
    }

    private static String customer(String partner, String click) {
        return "{\"email\":\"kim@example.org\",\"customer_id\":\"kim\",\"partner_id\":\"" + partner
                + "\",\"click_id\":\"" + click + "\"}";
    }

    @Test
    void aLeadThatComesDaysLaterOnANodeThatHasForgottenTheClickNamesThePartner() {
        RecordingExchange home = handedOver(land(RecordingExchange.with(), "leo"));
        assertThat(home.cookieHeaders().get(0)).contains("tolt_click=clk_leo", "+partner=prt_leo~");
        clock.advance(Duration.ofDays(20));

        assertThat(signUpElsewhere(home)).containsExactly(customer("prt_leo", "clk_leo"));
    }

    @Test
    void aNewerLinkThatIsUnknownTakesNothingFromThePartnerBefore() {
        RecordingExchange home = handedOver(land(RecordingExchange.with(), "leo"));
        RecordingExchange after = land(home, "gone");
        assertThat(signUpElsewhere(after)).containsExactly(customer("prt_leo", "clk_leo"));
    }

    @Test
    void aNewerLinkThatWasUnknownLeavesThePartnerBeforeInTheBrowser() {
        RecordingExchange home = handedOver(land(RecordingExchange.with(), "leo"));
        RecordingExchange withdrawn = handedOver(land(home, "gone"));
        assertThat(withdrawn.cookieHeaders().get(0)).contains("tolt_click=clk_leo", "+partner=prt_leo");
        assertThat(signUpElsewhere(withdrawn)).containsExactly(customer("prt_leo", "clk_leo"));
    }

    @Test
    void aNewerClickBringsItsOwnPartner() {
        RecordingExchange home = handedOver(land(RecordingExchange.with(), "leo"));
        RecordingExchange second = land(home, "mia");
        assertThat(signUpElsewhere(second)).containsExactly(customer("prt_mia", "clk_mia"));
    }

    @Test
    void anAnswerThatNoCookieHasRoomForStaysInTheOutbox() {
        partnerOfLeo = "%".repeat(400);
        RecordingExchange after = land(RecordingExchange.with(), "leo");
        delivered(outbox);
        for (int page = 0; page < 3; page++) {
            clock.advance(Duration.ofSeconds(2));
            reftrail.visits().handOver(after);
        }
        assertThat(after.setCookies()).isEmpty();

        reftrail.lead(after, KIM);
        delivered(outbox);
        assertThat(customers()).containsExactly(customer(partnerOfLeo, "clk_leo"));
    }

    @Test
    void whatNoAnswerToAClickTellsIsTakenFromNoCookie() {
        String forged = "tolt_click=clk_leo; _reftrail_tolt=1772360130." + Integer.toHexString("clk_leo".hashCode())
                + "+customer=cus_other&partner=prt_leo";
        try (Reftrail unsigned = node(new InMemoryOutbox(4, clock), CookieSigning.NONE)) {
            assertThat(unsigned.attributions(RecordingExchange.with(forged)))
                    .singleElement()
                    .satisfies(read -> assertThat(read.details()).isEqualTo(Map.of("partner", "prt_leo")));
        }
    }
}
