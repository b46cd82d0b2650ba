package io.reftrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.outbox.Outbox;
import io.reftrail.testing.LogCapture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** An application ends though its database is away. */
class ClosingTests {

    private final Outbox outbox = mock();
    private final Reftrail reftrail = Reftrail.builder()
            .outbox(outbox)
            .backend(IntrowBackend.of("ik_secret"))
            .build();

    @Test
    void endsInTimeAndSaysWhatWasLeftUndone() {
        CountDownLatch hanging = new CountDownLatch(1);
        when(outbox.depth(anyString())).thenAnswer(call -> {
            hanging.await();
            return 0L;
        });
        try (LogCapture log = new LogCapture()) {
            assertTimeoutPreemptively(OutboxCloser.TIMEOUT.plusSeconds(3), reftrail::close);

            assertThat(log.lines()).anyMatch(line -> line.startsWith("WARN") && line.contains("was not closed within"));
        } finally {
            hanging.countDown();
        }
    }

    @Test
    void anInterruptedThreadStillClosesTheOutbox() {
        Thread.currentThread().interrupt();

        reftrail.close();

        assertThat(Thread.interrupted()).isTrue();
        verify(outbox).close();
    }
}
