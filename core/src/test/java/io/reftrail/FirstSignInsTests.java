package io.reftrail;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.Customer;
import io.reftrail.outbox.memory.InMemoryOutbox;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What is remembered of sign-ins costs the database little, and nothing of an erased customer. */
class FirstSignInsTests {

    private final FailingLedger outbox = new FailingLedger(new InMemoryOutbox());

    @Test
    void signInsOfTheSameMomentAreWrittenTogether() {
        try (BackgroundExecutor background = new BackgroundExecutor()) {
            FirstSignIns signIns = signIns(background);

            IntStream.range(0, 200).forEach(number -> signIns.remember(Customer.of("customer " + number)));
        }

        assertThat(outbox.written).hasSize(200).doesNotHaveDuplicates();
        assertThat(outbox.batches()).isLessThan(20);
    }

    @Test
    void aSignInIsKnownBeforeItIsWritten() {
        try (BackgroundExecutor background = new BackgroundExecutor()) {
            FirstSignIns signIns = signIns(background);
            assertThat(signIns.find(Customer.of("kim"))).isNull();

            signIns.remember(Customer.of("kim"));

            assertThat(signIns.find(Customer.of("kim"))).isNotNull();
            assertThat(signIns.find(Customer.of("lee"))).isNull();
        }
        assertThat(outbox.firstSignIn("kim")).isNotNull();
    }

    @Test
    void aCustomerWhoIsErasedMeanwhileIsNotWritten() {
        CompletableFuture<Void> erased = new CompletableFuture<>();
        try (BackgroundExecutor background = new BackgroundExecutor()) {
            background.run(erased::join);
            FirstSignIns signIns = signIns(background);
            signIns.remember(Customer.of("kim"));
            signIns.remember(Customer.of("lee"));

            signIns.forget("kim");
            erased.complete(null);
        }

        assertThat(outbox.written).containsExactly("lee");
    }

    @Test
    void aSignInThatCouldNotBeWrittenIsRememberedTheNextTime() {
        outbox.fails = true;
        try (BackgroundExecutor background = new BackgroundExecutor()) {
            FirstSignIns signIns = signIns(background);
            signIns.remember(Customer.of("kim"));
            Awaitility.await().until(background::isIdle);
            outbox.fails = false;

            signIns.remember(Customer.of("kim"));
        }

        assertThat(outbox.written).containsExactly("kim");
    }

    private FirstSignIns signIns(BackgroundExecutor background) {
        return new FirstSignIns(outbox, outbox.unitOfWork(), background, null, Clock.systemUTC());
    }
}
