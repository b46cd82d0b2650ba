package io.reftrail.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.reftrail.PaymentReason;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.UnitOfWork;
import io.reftrail.outbox.jdbc.JdbcOutbox;
import io.reftrail.outbox.jdbc.JdbcUnitOfWork;
import io.reftrail.outbox.memory.InMemoryOutbox;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Payments in databases: an application's transaction, and several nodes at once, on a real PostgreSQL. */
class DatabasePaymentTests {

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    private static DataSource database() {
        return postgres.getPostgresDatabase();
    }

    private static Outbox outbox(DataSource database, UnitOfWork unitOfWork) {
        return JdbcOutbox.on(database).unitOfWork(unitOfWork).createSchema(true).open();
    }

    private static String invoice(String customer) {
        return StripeAccount.of(customer, Shop.NOW.minusSeconds(60))
                .invoice(
                        "in_1",
                        "subscription_create",
                        11900,
                        11900,
                        1900,
                        "eur",
                        Map.of("reftrail_customer", customer));
    }

    private static long rows(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM reftrail_payer")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** The events of each customer at the same moment: half of them once, on any node, half of them on all three. */
    @Test
    void threeNodesThatGetEventsAtOnceReportEachPaymentOnce() throws Exception {
        List<Shop> nodes = new ArrayList<>();
        for (int node = 0; node < 3; node++) {
            nodes.add(new Shop(outbox(database(), UnitOfWork.NONE), UnitOfWork.NONE, Shop.settings()));
        }
        int customers = 14;
        Random random = new Random(7);
        ExecutorService threads = Executors.newFixedThreadPool(6);
        List<Future<?>> done = new ArrayList<>();
        for (int number = 0; number < customers; number++) {
            String customer = "node-customer-" + number;
            nodes.get(0).signUp(customer);
            List<Runnable> deliveries = new ArrayList<>();
            for (String event : StripeOrderTests.journey(
                    StripeAccount.of("N" + number, Shop.NOW.minusSeconds(9_999_999)), customer)) {
                List<Shop> receivers = number % 2 == 0 ? List.of(nodes.get(random.nextInt(3))) : nodes;
                receivers.forEach(node -> deliveries.add(() -> node.accept(event)));
            }
            Collections.shuffle(deliveries, random);
            deliveries.forEach(delivery -> done.add(threads.submit(delivery)));
        }
        for (Future<?> one : done) {
            Shop.await(one);
        }
        threads.shutdown();

        Shop first = nodes.get(0);
        nodes.stream().skip(1).forEach(node -> first.stored.addAll(node.stored));
        assertThat(first.sales()).hasSize(3 * customers);
        for (int number = 0; number < customers; number++) {
            assertThat(first.money("node-customer-" + number)).isEqualTo(StripeOrderTests.JOURNEYS_MONEY);
        }
        nodes.forEach(Shop::close);
    }

    @Test
    void whatTheApplicationRollsBackWasNeverPaid() throws SQLException {
        JdbcUnitOfWork transactions = new JdbcUnitOfWork();
        DataSource database = database();
        try (Shop shop = new Shop(outbox(database, transactions), transactions, Shop.settings());
                Connection connection = database.getConnection()) {
            shop.signUp("rolled-back");
            long before = rows(database);

            assertThatIllegalStateException()
                    .isThrownBy(() -> transactions.run(connection, () -> {
                        assertThat(shop.accept(invoice("rolled-back"))).isEqualTo(PaymentReason.RECORDED);
                        throw new IllegalStateException("the application cannot provision the subscription");
                    }));
            assertThat(rows(database)).isEqualTo(before);
            assertThat(shop.reftrail.operations().outbox().find("affonso\n\nsale\nin_1rolled-back"))
                    .isNull();

            transactions.run(connection, () -> assertThat(shop.accept(invoice("rolled-back")))
                    .isEqualTo(PaymentReason.RECORDED));
            assertThat(shop.reftrail.operations().outbox().find("affonso\n\nsale\nin_1rolled-back"))
                    .isNotNull();
            assertThat(rows(database)).isGreaterThan(before);
        }
    }

    /** Where the outbox cannot join the application's transaction, the delivery waits for the commit. */
    @Test
    void anOutboxThatCannotJoinExaminesTheDeliveryAfterTheCommit() throws SQLException {
        JdbcUnitOfWork transactions = new JdbcUnitOfWork();
        try (Shop shop = new Shop(new InMemoryOutbox(), transactions, Shop.settings());
                Connection connection = database().getConnection()) {
            shop.signUp("anna");
            transactions.run(connection, () -> {
                assertThat(shop.accept(invoice("anna"))).isEqualTo(PaymentReason.AFTER_COMMIT);
                assertThat(shop.sales()).isEmpty();
            });
            assertThat(shop.money("anna")).isEqualTo(10000);
        }
    }

    /** The file is full of what came before; the provider sends the event again. */
    @Test
    void aSaleThatCannotBeStoredLeavesNothingBehind() {
        try (Shop shop =
                new Shop(new InMemoryOutbox(1, java.time.Clock.systemUTC()), UnitOfWork.NONE, Shop.settings())) {
            shop.signUp("anna");
            assertThatExceptionOfType(io.reftrail.EventRefusedException.class)
                    .isThrownBy(() -> shop.accept(invoice("anna")));
            assertThat(shop.decisions()).containsExactly("failed");
            assertThatExceptionOfType(io.reftrail.EventRefusedException.class)
                    .isThrownBy(() -> shop.accept(invoice("anna")));
        }
    }

    @Test
    void anEmbeddedFileKeepsPayersThroughARestart(@TempDir Path directory) {
        Path file = directory.resolve("shop.db");
        try (Shop shop = new Shop(JdbcOutbox.embedded(file).open(), UnitOfWork.NONE, Shop.settings())) {
            shop.signUp("anna").accept(invoice("anna"));
        }
        try (Shop shop = new Shop(JdbcOutbox.embedded(file).open(), UnitOfWork.NONE, Shop.settings())) {
            assertThat(shop.accept(invoice("anna"))).isEqualTo(PaymentReason.REPEATED);
            StripeAccount stripe = StripeAccount.of("anna", Shop.NOW);
            shop.accept(stripe.invoicePayment("in_1", "pi_1", 11900));
            shop.accept(stripe.charge("charge.refunded", "ch_1", "pi_1", 11900, 5950));
            assertThat(shop.sales()).isEmpty();
            assertThat(shop.refunds()).singleElement().satisfies(refund -> assertThat(
                            java.util.Objects.requireNonNull(refund.amount()).minorUnits())
                    .isEqualTo(5000));
        }
    }

    /** The tables of an earlier release, which another one's migrations own. */
    @Test
    void aMissingTableFailsTheStart() throws SQLException {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:old;DB_CLOSE_DELAY=-1");
        outbox(h2, UnitOfWork.NONE).close();
        try (Connection connection = h2.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE reftrail_payer");
            statement.execute("DELETE FROM reftrail_setting WHERE name = 'payers'");
        }
        Outbox old = JdbcOutbox.on(h2).open();

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> new Shop(old, UnitOfWork.NONE, Shop.settings()))
                .withMessageContaining("the table for payments is missing");
        assertThat(old.forget("anna")).isZero();
        old.purge();
        old.close();
    }
}
