package io.reftrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a request leaves behind takes nothing of the request along, and does not grow without bound. */
class BackgroundExecutorTests {

    @Test
    void theThreadHasNothingOfTheRequest() throws Exception {
        InheritableThreadLocal<String> tenant = new InheritableThreadLocal<>();
        tenant.set("of the first visitor");
        CompletableFuture<String> seen = new CompletableFuture<>();
        try (BackgroundExecutor background = new BackgroundExecutor()) {
            background.run(() -> seen.complete(String.valueOf(tenant.get())));

            assertThat(seen.get(10, TimeUnit.SECONDS)).isEqualTo("null");
        }
    }

    @Test
    void tooMuchIsRefusedAndLookUpsBeforeAnythingElse() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (BackgroundExecutor background = new BackgroundExecutor()) {
            background.run(() -> {
                begun.countDown();
                await(end);
            });
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            int lookUps = 0;
            while (background.runIfQuiet(() -> {})) {
                lookUps++;
            }
            int landings = 0;
            while (background.run(() -> {})) {
                landings++;
            }

            assertThat(lookUps).isEqualTo(BackgroundExecutor.CAPACITY / 4);
            assertThat(lookUps + landings).isEqualTo(BackgroundExecutor.CAPACITY);
            end.countDown();
        }
    }

    @Test
    void itIsIdleWhenAllThatWasTakenIsDoneWhetherItFailedOrNot() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (BackgroundExecutor background = new BackgroundExecutor()) {
            assertThat(background.isIdle()).isTrue();
            background.run(() -> {
                begun.countDown();
                await(end);
                throw new IllegalStateException("on purpose");
            });
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(background.isIdle()).isFalse();

            end.countDown();
            Awaitility.await().until(background::isIdle);
        }
    }

    @Test
    void whatIsRefusedKeepsItBusyWithNothing() {
        BackgroundExecutor background = new BackgroundExecutor();
        background.close();
        background.run(() -> {});

        assertThat(background.isIdle()).isTrue();
    }

    @Test
    void nothingIsTakenAfterTheEnd() {
        BackgroundExecutor background = new BackgroundExecutor();
        background.close();

        assertThat(background.run(() -> {})).isFalse();
    }

    private static void await(CountDownLatch end) {
        try {
            end.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
