package io.reftrail.delivery;

import static io.reftrail.delivery.DispatcherDeliveryTests.introw;
import static io.reftrail.delivery.DispatcherFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.delivery.internal.DaemonThreads;
import io.reftrail.testing.StubServer;
import io.reftrail.testing.StubServer.Answer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

class DeliveryThreadsTests {

    private final Set<Thread> senders = ConcurrentHashMap.newKeySet();

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void virtualThreadsSendWhereThereAreSome() throws ReflectiveOperationException {
        sendWith(SendThreads.executor(), 50);

        for (Thread sender : senders) {
            assertThat(Thread.class.getMethod("isVirtual").invoke(sender)).isEqualTo(true);
        }
        assertThat(senders).allMatch(thread -> thread.getName().startsWith("reftrail-sender-"));
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_20)
    void aPoolSendsWhereThereAreNone() {
        sendWith(SendThreads.executor(), 50);

        assertThat(senders).hasSizeLessThanOrEqualTo(2 * DispatcherFixture.QUICK.maxInFlight());
    }

    @Test
    void thePoolsThreadsAreBoundedAndOurs() {
        sendWith(SendThreads.pool(), 50);

        assertThat(senders)
                .hasSizeLessThanOrEqualTo(2 * DispatcherFixture.QUICK.maxInFlight())
                .allMatch(Thread::isDaemon)
                .allMatch(thread -> thread.getName().startsWith("reftrail-sender-"));
    }

    @Test
    void aThreadTakesNoClassLoaderOfTheRequestAlong() {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(new ClassLoader(before) {});
        try {
            assertThat(new DaemonThreads("reftrail-dispatcher")
                            .newThread(() -> {})
                            .getContextClassLoader())
                    .isEqualTo(DaemonThreads.class.getClassLoader());
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** With four leads a second, a pool that starts one for each task until it is full would keep forty for ten seconds. */
    @Test
    void aThreadThatHasNothingToDoIsTakenBeforeANewOneIsStarted() {
        ThreadPoolExecutor threads = SendThreads.pool();
        try {
            for (int task = 1; task <= 40; task++) {
                long tasks = task;
                threads.execute(() -> senders.add(Thread.currentThread()));
                eventually().until(() -> threads.getCompletedTaskCount() == tasks && allWait());
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(senders).hasSize(1);
    }

    private boolean allWait() {
        return senders.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING);
    }

    private void sendWith(ExecutorService threads, int events) {
        SendObserver observer = (event, send) -> {
            senders.add(Thread.currentThread());
            return send.get();
        };
        try (StubServer server = StubServer.answering(Answer.recorded());
                DispatcherFixture fixture = DispatcherFixture.setup()
                        .observer(observer)
                        .threads(threads)
                        .to(introw(server.url()))) {
            fixture.enqueue(
                    "introw",
                    IntStream.range(0, events).mapToObj(Integer::toString).toArray(String[]::new));
            eventually().until(() -> fixture.outbox.depth("introw") == 0);

            assertThat(server.requests()).hasSize(events);
            assertThat(server.mostInFlight()).isLessThanOrEqualTo(DispatcherFixture.QUICK.maxInFlight());
        }
    }
}
