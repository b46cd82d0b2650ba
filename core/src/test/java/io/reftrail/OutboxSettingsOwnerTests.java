package io.reftrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reftrail.OutboxSettings.SchemaInitialization;
import io.reftrail.OutboxSettings.Store;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.backend.refport.RefportBackend;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.UnitOfWork;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two applications with the same name and working directory, which find one embedded file. */
class OutboxSettingsOwnerTests {

    @TempDir
    private Path directory;

    private Outbox open(TrackingBackend... backends) {
        OutboxSettings defaults = OutboxSettings.DEFAULT;
        return new OutboxSettings(
                        Store.EMBEDDED,
                        directory,
                        SchemaInitialization.EMBEDDED,
                        null,
                        defaults.tablePrefix(),
                        defaults.retention(),
                        defaults.deadRetention(),
                        defaults.journeyRetention(),
                        defaults.referralRetention(),
                        defaults.capacity())
                .open(null, UnitOfWork.NONE, "shop", List.of(backends));
    }

    @Test
    void processesThatReportToTheSameAccountsShareTheFile() {
        try (Outbox one = open(IntrowBackend.of("key"), RefportBackend.of("key"));
                Outbox other = open(RefportBackend.of("key"), IntrowBackend.of("key"))) {
            assertThat(one.senders()).isOne();
            assertThat(other.senders()).isEqualTo(2);
        }
    }

    /** A lead of one would be sent with the key of the other. */
    @Test
    void anApplicationWithAnotherAccountAtTheSameVendorIsRefusedWhileTheFileIsInUse() {
        ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();
        try (Outbox outbox = open(IntrowBackend.of("key-of-one-shop"))) {
            outbox.senders();
            Future<?> unused = heart.scheduleWithFixedDelay(outbox::senders, 0, 100, TimeUnit.MILLISECONDS);

            assertThatExceptionOfType(InvalidSettingException.class)
                    .isThrownBy(() -> open(IntrowBackend.of("key-of-another-shop")))
                    .satisfies(invalid -> assertThat(invalid.problem())
                            .contains("another application uses", "introw (accounts ")
                            .doesNotContain("key-of"));
            heart.shutdown();
            assertThat(heart.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        } finally {
            heart.shutdownNow();
        }
    }
}
