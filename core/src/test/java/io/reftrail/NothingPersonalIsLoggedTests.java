package io.reftrail;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.backend.refport.RefportBackend;
import io.reftrail.capture.CookieExchange;
import io.reftrail.delivery.DeliveryListener;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.outbox.memory.InMemoryOutbox;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.LogCapture;
import io.reftrail.testing.RawServer;
import io.reftrail.testing.RecordingExchange;
import io.reftrail.testing.StubServer;
import io.reftrail.testing.StubServer.Answer;
import io.reftrail.testing.StubServer.Received;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Everything goes wrong, everything is logged, and nobody can be found in the log. */
class NothingPersonalIsLoggedTests {

    private static final String INTROW_KEY = "Introw-Key-7001";
    private static final String REFPORT_KEY = "Refport-Key-7002";
    private static final String CLICK = "Click-7003";
    private static final String ID = "Id-7004";
    private static final String EMAIL = "email-7005@example.org";
    private static final String NAME = "Name-7006";

    private final HandSetClock clock = new HandSetClock();
    private final InMemoryOutbox outbox = new InMemoryOutbox(2, clock);

    @Test
    void anyTrouble() {
        AtomicInteger status = new AtomicInteger(500);
        try (LogCapture log = new LogCapture();
                RawServer introw = RawServer.with(RawServer.RESET);
                StubServer refport = StubServer.answering(request -> Answer.of(status.getAndSet(400), echo(request)))) {
            Reftrail reftrail = reftrail(introw, refport);
            reftrail.lead(visit(), customer(1));
            reftrail.lead(visit(), customer(1));
            reftrail.lead(visit(), customer(2));
            reftrail.lead(visit(), customer(3));
            reftrail.lead(new Attribution("dub", CLICK, null), customer(4));
            until(log, "WARN Lead[backend=refport");
            until(log, "failed (HTTP 500)");
            until(log, "DEBUG No reply from introw");
            clock.advance(Duration.ofDays(100));
            reftrail.lead(visit(), customer(5));
            until(log, "was given up and is kept");
            reftrail.close();

            assertThat(log.lines())
                    .anyMatch(line -> line.startsWith("DEBUG"))
                    .anyMatch(line -> line.contains("Could not store"))
                    .anyMatch(line -> line.contains("The listener"));
            assertThat(log.lines()).allSatisfy(line -> assertThat(line)
                    .doesNotContain(INTROW_KEY, REFPORT_KEY, CLICK, ID, EMAIL, NAME));
        }
    }

    private static CookieExchange visit() {
        return RecordingExchange.with("_introw_aff=" + CLICK + "; refp_id=" + CLICK);
    }

    private Reftrail reftrail(RawServer introw, StubServer refport) {
        return Reftrail.builder()
                .backend(IntrowBackend.builder(INTROW_KEY).baseUrl(introw.url()).build())
                .backend(RefportBackend.builder(REFPORT_KEY)
                        .baseUrl(refport.url())
                        .build())
                .outbox(outbox)
                .clock(clock)
                .leadListener((backend, status) -> {
                    throw new IllegalStateException(status.toString());
                })
                .deliveryListener(new DeliveryListener() {
                    @Override
                    public void onSettled(Event event, Outcome outcome) {
                        throw new IllegalStateException(event + " " + outcome);
                    }
                })
                .build();
    }

    private static Customer customer(int number) {
        return Customer.of(ID + "-" + number).withEmail(EMAIL).withName(NAME);
    }

    private static String echo(Received request) {
        return "{\"error\":{\"code\":\"" + CLICK + EMAIL + "\"},\"request\":" + request.body() + "}";
    }

    private void until(LogCapture log, String text) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            clock.advance(Duration.ofSeconds(1));
            return log.lines().stream().anyMatch(line -> line.contains(text));
        });
    }
}
