package io.reftrail;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.Referral;
import io.reftrail.model.Referral.Status;
import io.reftrail.outbox.jdbc.JdbcOutbox;
import io.reftrail.outbox.jdbc.JdbcUnitOfWork;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.PostgresServer;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes on one PostgreSQL give rewards in transactions of the application, whose listener fails now and then. */
class RewardTests {

    private static final int FRIENDS = 30;
    private static final ThreadLocal<Connection> CURRENT = new ThreadLocal<>();

    private final HandSetClock clock = new HandSetClock();
    private final DataSource dataSource = PostgresServer.pool();
    private final Map<String, Integer> calls = new ConcurrentHashMap<>();
    private final List<Reftrail> nodes = new ArrayList<>();

    @BeforeEach
    void startTwoNodes() throws SQLException {
        for (int node = 0; node < 2; node++) {
            JdbcUnitOfWork unitOfWork = new JdbcUnitOfWork();
            nodes.add(Reftrail.builder()
                    .outbox(JdbcOutbox.on(dataSource)
                            .unitOfWork(unitOfWork)
                            .createSchema(true)
                            .open())
                    .referrals(ReferralSettings.DEFAULT)
                    .rewardTransactions(transactions(unitOfWork))
                    .clock(clock)
                    .build());
        }
        execute("DROP TABLE IF EXISTS voucher");
        execute("CREATE TABLE voucher (customer VARCHAR(40) NOT NULL)");
        for (String table : List.of("event", "referrer", "referral", "referral_payment")) {
            execute("DELETE FROM reftrail_" + table);
        }
    }

    @AfterEach
    void stop() throws SQLException {
        nodes.forEach(Reftrail::close);
        execute("DROP TABLE voucher");
    }

    private Consumer<Runnable> transactions(JdbcUnitOfWork unitOfWork) {
        return work -> {
            try (Connection connection = dataSource.getConnection()) {
                CURRENT.set(connection);
                unitOfWork.run(connection, work::run);
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            } finally {
                CURRENT.remove();
            }
        };
    }

    /** The first call for each friend stores a voucher and fails after that; both are undone. */
    private void giveVouchers(ReferralRewarded reward) {
        try {
            for (String customer : List.of(reward.referrerId(), reward.customerId())) {
                try (PreparedStatement insert = CURRENT.get().prepareStatement("INSERT INTO voucher VALUES (?)")) {
                    insert.setString(1, customer);
                    insert.executeUpdate();
                }
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        if (calls.merge(reward.customerId(), 1, Integer::sum) == 1) {
            throw new IllegalStateException("the mail with the voucher could not be sent");
        }
    }

    @Test
    void bothSidesAreRewardedOnceWhoeverGivesIt() throws Exception {
        Reftrail first = nodes.get(0);
        nodes.forEach(node -> node.referrals().addListener(this::giveVouchers));
        Attribution link = new Attribution(Referral.BACKEND, first.referrals().codeFor("nora"), clock.instant());
        assertThat(nodes.get(1).referrals().codeFor("nora")).isEqualTo(link.clickId());
        List<String> friends = IntStream.range(0, FRIENDS)
                .mapToObj(number -> "friend " + number)
                .toList();
        for (String friend : friends) {
            first.lead(link, Customer.of(friend));
            first.sale(friend, BigDecimal.TEN, "EUR", "inv of " + friend);
        }
        Awaitility.await()
                .until(() -> first.referrals().referralsBy("nora", 100).stream()
                                .filter(referral -> referral.status() == Status.PAID)
                                .count()
                        == FRIENDS);

        for (int round = 0; round < 6; round++) {
            clock.advance(Duration.ofDays(14));
            giveOnBothNodes();
        }

        Map<String, Integer> expected = new TreeMap<>(Map.of("nora", FRIENDS));
        friends.forEach(friend -> expected.put(friend, 1));
        assertThat(vouchers()).isEqualTo(expected);
        assertThat(calls.values()).allMatch(count -> count == 2);
        assertThat(first.referrals().referralsBy("nora", 100))
                .allMatch(referral -> referral.status() == Status.REWARDED);
    }

    private void giveOnBothNodes() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(nodes.size());
        try {
            List<Future<Integer>> given = new ArrayList<>();
            for (Reftrail node : nodes) {
                given.add(threads.submit(() -> node.referrals().give()));
            }
            for (Future<Integer> one : given) {
                assertThat(one.get(30, TimeUnit.SECONDS)).isBetween(0, FRIENDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private Map<String, Integer> vouchers() throws SQLException {
        Map<String, Integer> vouchers = new TreeMap<>();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT customer, COUNT(*) FROM voucher GROUP BY customer")) {
            while (row.next()) {
                vouchers.put(row.getString(1), row.getInt(2));
            }
        }
        return vouchers;
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
