package io.reftrail;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.backend.refport.RefportBackend;
import io.reftrail.capture.CapturedQuery;
import io.reftrail.capture.Visit;
import io.reftrail.model.Customer;
import io.reftrail.outbox.memory.InMemoryOutbox;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.RecordingExchange;
import io.reftrail.testing.UnreachableTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Visitors of two partners, whose clicks and sign-ins happen when a test says so. */
abstract class SignInFixture {

    final HandSetClock clock = new HandSetClock();
    final FailingLedger outbox = new FailingLedger(new InMemoryOutbox(10, clock));
    final List<String> heard = new ArrayList<>();
    private @Nullable Reftrail open;

    Reftrail reftrail() {
        return open == null ? reftrail(builder()) : open;
    }

    Reftrail reftrail(ReftrailBuilder builder) {
        open = builder.build();
        return open;
    }

    ReftrailBuilder builder() {
        return Reftrail.builder()
                .backend(IntrowBackend.of("ik_secret"))
                .backend(RefportBackend.of("rk_secret"))
                .outbox(outbox)
                .transport(new UnreachableTransport())
                .leadListener((backend, status) -> heard.add(backend + " " + status))
                .clock(clock);
    }

    @AfterEach
    void close() {
        reftrail().close();
    }

    /** A visitor follows a partner's link now, and comes back with the cookies. */
    RecordingExchange click(String query) {
        RecordingExchange exchange = RecordingExchange.with();
        CapturedQuery captured = reftrail().visits().capture().read(query);
        assertThat(captured).isNotNull();
        captured.clicks().forEach(click -> reftrail().visits().recordLanding(click, exchange, Visit.UNKNOWN));
        return exchange.next();
    }

    void signsIn(Customer customer) {
        reftrail().signIn(RecordingExchange.with(), customer);
        awaitKnown(customer.id());
    }

    void awaitKnown(String customerId) {
        Awaitility.await().until(() -> outbox.firstSignIn(customerId) != null);
    }

    void later() {
        clock.advance(Duration.ofMinutes(5));
    }
}
