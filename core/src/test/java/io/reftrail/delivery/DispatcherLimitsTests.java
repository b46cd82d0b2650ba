package io.reftrail.delivery;

import static io.reftrail.delivery.DispatcherDeliveryTests.introw;
import static io.reftrail.delivery.DispatcherFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.testing.StubServer;
import io.reftrail.testing.StubServer.Answer;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DispatcherLimitsTests {

    private static final int IN_FLIGHT = DispatcherFixture.QUICK.maxInFlight();

    @Test
    void asManyCallsAsAllowedRunAtATimeAndNeverMore() {
        CyclicBarrier together = new CyclicBarrier(IN_FLIGHT);
        try (StubServer server = StubServer.answering(request -> answerTogether(together));
                DispatcherFixture fixture = DispatcherFixture.to(introw(server.url()))) {
            String[] customers = IntStream.range(0, 10 * IN_FLIGHT)
                    .mapToObj(Integer::toString)
                    .toArray(String[]::new);

            fixture.enqueue("introw", customers);
            eventually().until(() -> fixture.outbox.depth("introw") == 0);

            assertThat(server.mostInFlight()).isEqualTo(IN_FLIGHT);
        }
    }

    @Test
    void oneAnswerIsSettledAtOnceNotWhenTheLeaseEnds() {
        try (StubServer server = StubServer.answering(Answer.recorded());
                DispatcherFixture fixture = DispatcherFixture.with(DeliverySettings.DEFAULT, introw(server.url()))) {
            fixture.enqueue("introw", "a");

            eventually().until(() -> fixture.outbox.depth("introw") == 0);
            assertThat(fixture.outbox.batches()).containsExactly(1);
        }
    }

    @Test
    void noThreadExistsBeforeTheFirstEventNorAfterTheEnd() {
        Set<Thread> others = ourThreads();
        try (StubServer server = StubServer.answering(Answer.recorded())) {
            try (DispatcherFixture fixture = DispatcherFixture.to(introw(server.url()))) {
                assertThat(ourThreads()).isSubsetOf(others);

                fixture.enqueue("introw", "a");
                eventually().until(() -> fixture.listener.heard().contains("a RECORDED"));

                assertThat(ourThreads())
                        .filteredOn(thread -> !others.contains(thread))
                        .isNotEmpty()
                        .allMatch(Thread::isDaemon);
            }
        }
        eventually().untilAsserted(() -> assertThat(ourThreads()).isSubsetOf(others));
    }

    private static Set<Thread> ourThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("reftrail-"))
                .collect(Collectors.toSet());
    }

    private static Answer answerTogether(CyclicBarrier barrier) {
        try {
            barrier.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
            return Answer.of(500, "");
        }
        return Answer.recorded();
    }
}
