package io.reftrail.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reftrail.LeadStatus;
import io.reftrail.Reftrail;
import io.reftrail.backend.HttpReply;
import io.reftrail.delivery.HttpTransport;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.jdbc.JdbcOutbox;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.Mockito;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An application whose leads wait in its own database. */
@ExtendWith(OutputCaptureExtension.class)
class DatabaseOutboxTests {

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    private final HttpTransport transport = Mockito.mock();
    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    TransactionAutoConfiguration.class,
                    ReftrailOutboxAutoConfiguration.class,
                    ReftrailAutoConfiguration.class))
            .withBean(HttpTransport.class, () -> transport)
            .withPropertyValues(
                    "spring.datasource.url=" + url,
                    "reftrail.introw.api-key=key",
                    "reftrail.delivery.shutdown-timeout=10s");

    private static @Nullable LeadStatus signUp(ApplicationContext context) {
        return context.getBean(Reftrail.class)
                .lead(new Attribution("introw", "aff_1", null), Customer.of("u-7"))
                .status("introw");
    }

    private void theBackendRecords() throws IOException {
        Mockito.when(transport.send(Mockito.any()))
                .thenReturn(new HttpReply(201, null, "{\"status\":\"recorded\"}", Instant.now()));
    }

    private void sent(int times) {
        await().untilAsserted(
                        () -> Mockito.verify(transport, Mockito.times(times)).send(Mockito.any()));
    }

    private long waiting() {
        try (Outbox outbox =
                JdbcOutbox.on(new DriverManagerDataSource(url, "sa", "")).open()) {
            return outbox.depth("introw");
        }
    }

    @Test
    void aLeadIsCommittedWithItsSignUp() throws IOException {
        theBackendRecords();
        application.run(context -> {
            TransactionTemplate transaction = context.getBean(TransactionTemplate.class);
            transaction.executeWithoutResult(status -> {
                assertThat(signUp(context)).isEqualTo(LeadStatus.ENQUEUED);
                assertThat(waiting()).isZero();
            });
            sent(1);
        });
    }

    @Test
    void aLeadIsRolledBackWithItsSignUp() throws IOException {
        application.run(context -> {
            context.getBean(TransactionTemplate.class).executeWithoutResult(status -> {
                assertThat(signUp(context)).isEqualTo(LeadStatus.ENQUEUED);
                status.setRollbackOnly();
            });
            assertThat(waiting()).isZero();
        });
        Mockito.verify(transport, Mockito.never()).send(Mockito.any());
    }

    @Test
    void aLeadThatIsReportedJustBeforeTheEndIsDelivered(CapturedOutput output) throws IOException {
        theBackendRecords();
        application.run(context -> assertThat(signUp(context)).isEqualTo(LeadStatus.ENQUEUED));
        sent(1);
        assertThat(waiting()).isZero();
        assertThat(output).doesNotContain(" WARN ").doesNotContain("Exception");
    }

    @Test
    void aLeadThatCannotBeDeliveredBeforeTheEndIsDeliveredInTheNextLife(CapturedOutput output) throws IOException {
        Mockito.when(transport.send(Mockito.any())).thenThrow(new IOException("away"));
        application.run(context -> assertThat(signUp(context)).isEqualTo(LeadStatus.ENQUEUED));
        assertThat(waiting()).isEqualTo(1);
        assertThat(output)
                .contains("1 events are left in the outbox at shutdown")
                .doesNotContain("Exception");
        Mockito.reset(transport);
        theBackendRecords();
        application.run(context -> sent(1));
    }

    @Test
    void whatTheOutboxDoesForItselfCommitsNothingOfTheApplications() {
        JdbcDataSource target = new JdbcDataSource();
        target.setURL(url);
        application
                .withBean(DataSource.class, () -> new TransactionAwareDataSourceProxy(target))
                .withBean(PlatformTransactionManager.class, () -> new DataSourceTransactionManager(target))
                .run(context -> {
                    JdbcTemplate jdbc = new JdbcTemplate(context.getBean(DataSource.class));
                    jdbc.execute("CREATE TABLE account (id VARCHAR(20))");
                    new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
                            .executeWithoutResult(status -> {
                                jdbc.update("INSERT INTO account VALUES ('a')");
                                context.getBean(Reftrail.class).forget("u-7");
                                status.setRollbackOnly();
                            });

                    assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM account", Integer.class))
                            .isZero();
                });
    }
}
