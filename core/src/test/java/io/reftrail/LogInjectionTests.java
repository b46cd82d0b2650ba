package io.reftrail;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.affonso.AffonsoBackend;
import io.reftrail.backend.dub.DubBackend;
import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.backend.refport.RefportBackend;
import io.reftrail.capture.CapturedQuery;
import io.reftrail.capture.Visit;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.outbox.memory.InMemoryOutbox;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.LogCapture;
import io.reftrail.testing.RecordingExchange;
import io.reftrail.testing.StubServer;
import io.reftrail.testing.StubServer.Answer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Neither a visitor, nor a customer, nor a backend writes a line of their own into the log, or a colour. */
class LogInjectionTests {

    private static final String EVIL = "x\r\nFORGED \u001b[31m\u2028FORGED\u0000";
    private static final List<Integer> STATUSES = List.of(400, 401, 403, 404, 409, 410, 422, 429, 500, 200);

    private final HandSetClock clock = new HandSetClock();
    private final InMemoryOutbox outbox = new InMemoryOutbox(100, clock);

    @Test
    void whateverAnybodySays() {
        AtomicInteger calls = new AtomicInteger();
        String escaped = "x\\r\\nFORGED \\u001b[31m";
        String body = "{'error':{'code':'E','message':'E'},'code':'E','message':'E','status':'E','reason':'E'}"
                .replace('\'', '"')
                .replace("E\"", escaped + "\"");
        try (LogCapture log = new LogCapture();
                StubServer vendor = StubServer.answering(request -> new Answer(
                        STATUSES.get(calls.getAndIncrement() % STATUSES.size()),
                        Map.of("Retry-After", "1 FORGED"),
                        body))) {
            try (Reftrail reftrail = reftrail(vendor.url())) {
                visit(reftrail, "irw_id=x%0d%0aFORGED&via=x%0d%0aFORGED&refp_id=%1b[31mFORGED&dub_id=FORGED%zz");
                visit(reftrail, "irw_id=FORGED&via=FORGED&refp_id=FORGED&dub_id=FORGED");
                reftrail.lead(new Attribution(EVIL, EVIL, null), Customer.of(EVIL));
                for (int customer = 0; customer < 12; customer++) {
                    reftrail.lead(
                            visitor(customer),
                            Customer.of(EVIL + customer).withEmail(EVIL).withName(EVIL));
                }
                Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
                    clock.advance(Duration.ofMinutes(7));
                    reftrail.backends().forEach(reftrail.operations()::resume);
                    return calls.get() >= 3 * STATUSES.size();
                });
                clock.advance(Duration.ofDays(100));
                reftrail.sale(EVIL, BigDecimal.ONE, "EUR", EVIL);
                Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
                    clock.advance(Duration.ofMinutes(7));
                    reftrail.backends().forEach(reftrail.operations()::resume);
                    return log.lines().stream().anyMatch(line -> line.contains("was given up"));
                });
            }

            assertThat(log.lines()).hasSizeGreaterThan(10).allSatisfy(line -> assertThat(line)
                    .doesNotContain("FORGED")
                    .satisfies(text ->
                            assertThat(text.lines().findFirst().orElseThrow()).matches("\\P{Cntrl}*")));
        }
    }

    private Reftrail reftrail(String url) {
        return Reftrail.builder()
                .backend(IntrowBackend.builder("key").baseUrl(url).build())
                .backend(RefportBackend.builder("key").baseUrl(url).build())
                .backend(DubBackend.builder("key").baseUrl(url).build())
                .backend(AffonsoBackend.builder("key", "prg_1").baseUrl(url).build())
                .outbox(outbox)
                .clock(clock)
                .build();
    }

    private static void visit(Reftrail reftrail, String query) {
        CapturedQuery captured = reftrail.visits().capture().read(query);
        assertThat(captured).isNotNull();
        captured.clicks().forEach(click -> reftrail.visits()
                .recordLanding(
                        click, RecordingExchange.with(), new Visit("https://a.example/" + EVIL, EVIL, query, false)));
    }

    private static RecordingExchange visitor(int number) {
        return RecordingExchange.with("_introw_aff=FORGED" + number + "; refp_id=FORGED" + number + "; dub_id=FORGED"
                + number + "; affonso_referral=FORGED" + number);
    }
}
