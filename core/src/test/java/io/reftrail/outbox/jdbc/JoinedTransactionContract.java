package io.reftrail.outbox.jdbc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reftrail.LeadSettings;
import io.reftrail.Reftrail;
import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.journey.Conversion;
import io.reftrail.journey.Touch;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.Lead;
import io.reftrail.outbox.Outbox.Enqueued;
import io.reftrail.outbox.OutboxException;
import io.reftrail.outbox.PayerUpdate;
import io.reftrail.policy.SameNetworkPolicy;
import io.reftrail.testing.TestLeads;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A sign-up and its lead, in one transaction of the application's own database. */
abstract class JoinedTransactionContract {

    private final JdbcUnitOfWork unitOfWork = new JdbcUnitOfWork();
    private final AtomicInteger announced = new AtomicInteger();
    private final DataSource dataSource;
    private Connection connection;
    JdbcOutbox outbox;

    JoinedTransactionContract(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @BeforeEach
    void openOutbox() throws SQLException {
        connection = dataSource.getConnection();
        outbox = JdbcOutbox.on(dataSource)
                .unitOfWork(unitOfWork)
                .createSchema(true)
                .open();
        outbox.onAvailable(announced::incrementAndGet);
        execute("DELETE FROM reftrail_event");
        execute("DELETE FROM reftrail_customer");
        for (String table : List.of("payer", "touch", "conversion", "correction")) {
            execute("DELETE FROM reftrail_" + table);
        }
        execute("DROP TABLE IF EXISTS account");
        execute("CREATE TABLE account (id VARCHAR(20) PRIMARY KEY)");
    }

    @AfterEach
    void closeOutbox() throws SQLException {
        outbox.close();
        connection.close();
    }

    @Test
    void aCommittedSignUpHasItsLead() throws SQLException {
        unitOfWork.run(connection, () -> {
            execute("INSERT INTO account VALUES ('a')");
            assertThat(outbox.joinsTransaction()).isTrue();
            assertThat(enqueue("a")).isEqualTo(Enqueued.ACCEPTED);
            assertThat(outbox.depth("introw")).isZero();
            assertThat(announced).hasValue(0);
        });

        assertThat(outbox.depth("introw")).isOne();
        assertThat(announced).hasValueGreaterThan(0);
        assertThat(outbox.joinsTransaction()).isFalse();
        assertThat(connection.getAutoCommit()).isTrue();
    }

    @Test
    void customersThatARolledBackTransactionSeededAreNotSeeded() throws SQLException {
        LeadSettings hold = LeadSettings.DEFAULT.withUnknownAge(LeadSettings.UnknownAge.HOLD);
        try (Reftrail reftrail = Reftrail.builder()
                .backend(IntrowBackend.of("ik_secret"))
                .outbox(outbox)
                .leads(hold)
                .build()) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> unitOfWork.run(connection, () -> {
                        reftrail.seed(Stream.of(Customer.of("old")));
                        assertThat(reftrail.operations().holdsUnknownAge()).isFalse();
                        throw new IllegalStateException("the application rolls back");
                    }));
            assertThat(reftrail.operations().holdsUnknownAge()).isTrue();
        }
    }

    @Test
    void aPayersChangeIsPartOfTheCallersTransaction() throws SQLException {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> unitOfWork.run(connection, () -> {
                    outbox.updatePayer(
                            Set.of("customer"), before -> new PayerUpdate.Payer("rolled back", "a", Set.of()));
                    throw new IllegalStateException("the payment failed");
                }));
        unitOfWork.run(
                connection,
                () -> outbox.updatePayer(Set.of("customer"), before -> {
                    assertThat(before).isEmpty();
                    enqueue("a");
                    return new PayerUpdate.Payer("committed", "a", Set.of());
                }));

        assertThat(outbox.depth("introw")).isOne();
        assertThat(outbox.forget("a")).isEqualTo(2);
    }

    @Test
    void aPayersChangeThatFailsLeavesNothingInTheCallersTransaction() throws SQLException {
        unitOfWork.run(connection, () -> {
            execute("INSERT INTO account VALUES ('a')");
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> outbox.updatePayer(Set.of("customer"), before -> {
                        enqueue("a");
                        throw new IllegalStateException("no");
                    }));
        });

        assertThat(outbox.depth("introw")).isZero();
        assertThat(accounts()).isOne();
        outbox.updatePayer(Set.of("customer"), before -> {
            assertThat(before).isEmpty();
            return new PayerUpdate.Payer("new", null, Set.of());
        });
    }

    @Test
    void aCustomerIsRememberedAndLookedUpInTheCallersTransaction() throws SQLException {
        unitOfWork.run(connection, () -> {
            outbox.recordFirstSignIns(Map.of("a", Instant.EPOCH));
            assertThat(outbox.firstSignIn("a")).isEqualTo(Instant.EPOCH);
            execute("INSERT INTO account VALUES ('a')");
        });
        assertThat(outbox.firstSignIn("a")).isEqualTo(Instant.EPOCH);

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> unitOfWork.run(connection, () -> {
                    outbox.recordFirstSignIns(Map.of("b", Instant.EPOCH));
                    throw new IllegalStateException("the sign-up failed");
                }));
        assertThat(outbox.firstSignIn("b")).isNull();
    }

    @Test
    void aLeadIsFoundInItsOwnTransactionAndByNobodyElseBeforeTheCommit() throws SQLException {
        unitOfWork.run(connection, () -> {
            enqueue("a");
            assertThat(outbox.find("introw", "Sign Up", "a")).isNotNull();
            assertThat(outbox.find("introw", "Sign Up", "b")).isNull();
            execute("INSERT INTO account VALUES ('a')");
        });

        assertThat(outbox.find("introw", "Sign Up", "a")).isNotNull();
    }

    @Test
    void aJourneyIsCommittedAndRolledBackWithItsAccount() throws SQLException {
        unitOfWork.run(connection, () -> {
            execute("INSERT INTO account VALUES ('a')");
            assertThat(openJourney("a")).isTrue();
            assertThat(requireNonNull(outbox.journeys()).find("a")).isNotNull();
            assertThat(openJourney("a")).isFalse();
            execute("INSERT INTO account VALUES ('b')");
        });
        assertThat(requireNonNull(outbox.journeys()).find("a")).isNotNull();

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> unitOfWork.run(connection, () -> {
                    openJourney("c");
                    throw new IllegalArgumentException("the address is taken");
                }));
        assertThat(requireNonNull(outbox.journeys()).find("c")).isNull();
        assertThat(accounts()).isEqualTo(2);
    }

    @Test
    void aJourneyEndsWithItsRetention() {
        openJourney("old");
        Touch touch = new Touch(Instant.now(), Touch.Origin.DIRECT, "direct", null, "/", Touch.Utm.NONE, null, null);
        requireNonNull(outbox.journeys()).open("new", List.of(touch), Conversion.signUp(Instant.now()));

        assertThat(outbox.purge()).isPositive();

        assertThat(requireNonNull(outbox.journeys()).find("old")).isNull();
        assertThat(requireNonNull(outbox.journeys()).find("new")).isNotNull();
    }

    @Test
    void aJourneyThatCannotBeStoredSpoilsNothing() throws SQLException {
        execute("ALTER TABLE reftrail_touch RENAME TO reftrail_touch_away");
        try {
            unitOfWork.run(connection, () -> {
                execute("INSERT INTO account VALUES ('a')");
                assertThatExceptionOfType(OutboxException.class).isThrownBy(() -> openJourney("a"));
                execute("INSERT INTO account VALUES ('b')");
            });
        } finally {
            execute("ALTER TABLE reftrail_touch_away RENAME TO reftrail_touch");
        }

        assertThat(accounts()).isEqualTo(2);
    }

    private boolean openJourney(String customer) {
        Touch touch = new Touch(Instant.EPOCH, Touch.Origin.DIRECT, "direct", null, "/", Touch.Utm.NONE, null, null);
        return requireNonNull(outbox.journeys()).open(customer, List.of(touch), Conversion.signUp(Instant.EPOCH));
    }

    @Test
    void aSignUpIsCountedInItsNetworkOnceItIsCommitted() throws SQLException {
        try (Connection other = dataSource.getConnection()) {
            JdbcUnitOfWork others = new JdbcUnitOfWork();
            JdbcOutbox theirs = JdbcOutbox.on(dataSource).unitOfWork(others).open();
            unitOfWork.run(connection, () -> {
                assertThat(countSignUp(outbox, "a")).isZero();
                awaitNextMillisecond();
                others.run(other, () -> {
                    assertThat(countSignUp(theirs, "b")).isZero();
                    assertThat(countSignUp(theirs, "a")).isOne();
                });
                execute("INSERT INTO account VALUES ('a')");
            });
            theirs.close();
        }
        assertThat(countSignUp(outbox, "c")).isEqualTo(2);

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> unitOfWork.run(connection, () -> {
                    countSignUp(outbox, "d");
                    throw new IllegalArgumentException("the address is taken");
                }));
        assertThat(countSignUp(outbox, "e")).isEqualTo(3);
    }

    private static void awaitNextMillisecond() {
        for (long now = System.currentTimeMillis(); System.currentTimeMillis() == now; ) {
            Thread.onSpinWait();
        }
    }

    private static int countSignUp(JdbcOutbox outbox, String customer) {
        return outbox.recentSignUps()
                .add(outbox.fingerprint("network"), outbox.fingerprint(customer), SameNetworkPolicy.PERIOD);
    }

    @Test
    void aSignUpThatCannotBeCountedSpoilsNothing() throws SQLException {
        execute("ALTER TABLE reftrail_recent_sign_up RENAME TO reftrail_recent_sign_up_away");
        try {
            unitOfWork.run(connection, () -> {
                execute("INSERT INTO account VALUES ('a')");
                assertThatExceptionOfType(OutboxException.class).isThrownBy(() -> countSignUp(outbox, "a"));
                execute("INSERT INTO account VALUES ('b')");
            });
        } finally {
            execute("ALTER TABLE reftrail_recent_sign_up_away RENAME TO reftrail_recent_sign_up");
        }

        assertThat(accounts()).isEqualTo(2);
    }

    @Test
    void aRolledBackSignUpHasNone() throws SQLException {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> unitOfWork.run(connection, () -> {
                    execute("INSERT INTO account VALUES ('a')");
                    enqueue("a");
                    throw new IllegalArgumentException("the address is taken");
                }));

        assertThat(outbox.depth("introw")).isZero();
        assertThat(announced).hasValue(0);
        assertThat(accounts()).isZero();
        assertThat(enqueue("a")).isEqualTo(Enqueued.ACCEPTED);
    }

    @Test
    void aRepetitionSpoilsNothing() throws SQLException {
        enqueue("a");

        unitOfWork.run(connection, () -> {
            assertThat(enqueue("a")).isEqualTo(Enqueued.DUPLICATE);
            execute("INSERT INTO account VALUES ('a')");
            assertThat(enqueue("b")).isEqualTo(Enqueued.ACCEPTED);
            assertThat(enqueue("b")).isEqualTo(Enqueued.DUPLICATE);
        });

        assertThat(accounts()).isOne();
        assertThat(outbox.depth("introw")).isEqualTo(2);
    }

    @Test
    void anOutboxThatFailsSpoilsNothing() throws SQLException {
        execute("ALTER TABLE reftrail_event RENAME TO reftrail_event_away");
        try {
            unitOfWork.run(connection, () -> {
                execute("INSERT INTO account VALUES ('a')");
                assertThatExceptionOfType(OutboxException.class).isThrownBy(() -> enqueue("a"));
                execute("INSERT INTO account VALUES ('b')");
            });
        } finally {
            execute("ALTER TABLE reftrail_event_away RENAME TO reftrail_event");
        }

        assertThat(accounts()).isEqualTo(2);
    }

    @Test
    void anEventThatCannotBeWrittenSpoilsNothing() throws SQLException {
        Lead unwritable = Lead.of(new Attribution("introw", "click", null), Customer.of("a"), "Sign Up", Instant.MAX);
        unitOfWork.run(connection, () -> {
            execute("INSERT INTO account VALUES ('a')");
            assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> outbox.enqueue(unwritable));
            execute("INSERT INTO account VALUES ('b')");
        });

        assertThat(accounts()).isEqualTo(2);
    }

    @Test
    void aTransactionThatHasFailedIsNotRevivedByALaterLead() throws SQLException {
        execute("ALTER TABLE reftrail_event RENAME TO reftrail_event_away");
        boolean goesOn = outbox.toString().contains("PostgreSQL");
        try {
            unitOfWork.run(connection, () -> {
                assertThatExceptionOfType(OutboxException.class).isThrownBy(() -> enqueue("a"));
                execute("INSERT INTO account VALUES ('b')");
                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(() -> execute("INSERT INTO nowhere VALUES (1)"));
                assertThatExceptionOfType(OutboxException.class).isThrownBy(() -> enqueue("a"));
                if (goesOn) {
                    assertThatExceptionOfType(SQLException.class)
                            .isThrownBy(() -> execute("INSERT INTO account VALUES ('c')"));
                }
            });
        } finally {
            execute("ALTER TABLE reftrail_event_away RENAME TO reftrail_event");
        }

        assertThat(accounts()).isEqualTo(goesOn ? 0 : 1);
    }

    @Test
    void aTransactionOfAnotherDatabaseIsNotJoined() throws SQLException {
        JdbcDataSource other = new JdbcDataSource();
        other.setURL("jdbc:h2:mem:another");
        try (Connection foreign = other.getConnection()) {
            unitOfWork.run(foreign, () -> {
                assertThat(outbox.joinsTransaction()).isFalse();
                assertThat(enqueue("a")).isEqualTo(Enqueued.ACCEPTED);
            });
        }

        assertThat(outbox.depth("introw")).isOne();
    }

    @Test
    void aConnectionComesBackAsItWasAlsoAfterAFailure() throws SQLException {
        try (PooledConnections pool = new PooledConnections(SingleConnectionPool.of(connection))) {
            int isolation = connection.getTransactionIsolation();
            int timeout = connection.getNetworkTimeout();
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> pool.inTransaction(own -> {
                        throw new SQLException("broken");
                    }));

            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(connection.getTransactionIsolation()).isEqualTo(isolation);
            assertThat(connection.getNetworkTimeout()).isEqualTo(timeout);
        }
    }

    @Test
    void aSignUpDoesNotWaitLongForAnEqualOneThatIsNotCommitted() throws SQLException {
        try (Connection other = dataSource.getConnection()) {
            JdbcUnitOfWork others = new JdbcUnitOfWork();
            JdbcOutbox theirs = JdbcOutbox.on(dataSource).unitOfWork(others).open();
            others.run(other, () -> {
                theirs.enqueue(TestLeads.lead("introw", "a"));
                unitOfWork.run(connection, () -> {
                    execute("INSERT INTO account VALUES ('a')");
                    long start = System.nanoTime();
                    assertThatExceptionOfType(OutboxException.class).isThrownBy(() -> enqueue("a"));
                    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
                    execute("INSERT INTO account VALUES ('b')");
                });
            });
            theirs.close();
        }

        assertThat(accounts()).isEqualTo(2);
        assertThat(outbox.depth("introw")).isOne();
    }

    @Test
    void aThreadIsInOneTransactionAtATime() throws SQLException {
        unitOfWork.run(connection, () -> assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> unitOfWork.run(connection, () -> {})));
    }

    @Test
    void whatFailsAfterTheCommitFailsNobodyElse() throws SQLException {
        unitOfWork.run(connection, () -> {
            unitOfWork.afterCommit(() -> {
                throw new IllegalStateException("broken");
            });
            unitOfWork.afterCommit(announced::incrementAndGet);
        });

        assertThat(announced).hasValue(1);
    }

    private Enqueued enqueue(String customer) {
        return outbox.enqueue(TestLeads.lead("introw", customer));
    }

    private int accounts() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM account")) {
            row.next();
            return row.getInt(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
