package io.reftrail.outbox.jdbc;

import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.model.Money;
import io.reftrail.model.Referral;
import io.reftrail.model.Referral.Status;
import io.reftrail.model.Refund;
import io.reftrail.model.Sale;
import io.reftrail.outbox.ReferralStore;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tables {@code reftrail_referrer}, {@code reftrail_referral} and {@code reftrail_referral_payment}, which the merchant's own
 * SQL reads. Runs in the transactions of its callers. The status of a referral, and the payment that earns the reward, follow
 * from its payments until the reward is given.
 */
final class ReferralTables {

    /** The largest number of referrals that one transaction removes, so that no sign-up waits for it. */
    private static final int PURGED_AT_ONCE = 200;

    /** The attempts to store a code that is not another customer's; two random codes are practically never the same. */
    private static final int CODES = 3;

    private final Dialect dialect;
    private final String selectCode;
    private final String selectLatestCode;
    private final String insertCode;
    private final String selectReferrer;
    private final String insertReferral;
    private final String select;
    private final String lock;
    private final String selectByReferrer;
    private final String insertPayment;
    private final String selectPayments;
    private final String selectPayment;
    private final String refund;
    private final String derive;
    private final String selectDue;
    private final String claim;
    private final String reward;
    private final String release;
    private final String expired;
    private final String deletePayments;
    private final String deleteFriendsPayments;
    private final String deleteReferral;
    private final String deleteFriends;
    private final String deleteReferrer;

    ReferralTables(Sql sql) {
        this.dialect = sql.dialect;
        this.selectCode = sql.text("SELECT code FROM reftrail_referrer WHERE customer_id = ?");
        this.selectLatestCode = selectCode + dialect.readLatest();
        this.insertCode = sql.text("INSERT INTO reftrail_referrer (customer_id, code, created_at) VALUES (?, ?, ?)")
                + dialect.onRepeatedKey();
        this.selectReferrer = sql.text("SELECT customer_id FROM reftrail_referrer WHERE code = ?");
        this.insertReferral = sql.text("""
                INSERT INTO reftrail_referral (customer_id, referrer_id, clicked_at, signed_up_at, status, attempts)
                VALUES (?, ?, ?, ?, 'signed-up', 0)""") + dialect.onRepeatedKey();
        this.select = sql.text("SELECT * FROM reftrail_referral WHERE customer_id = ?");
        this.lock = sql.text("SELECT status FROM reftrail_referral WHERE customer_id = ?") + dialect.lockRowsAndWait();
        this.selectByReferrer = sql.text(
                "SELECT * FROM reftrail_referral WHERE referrer_id = ? ORDER BY signed_up_at DESC, customer_id LIMIT ?");
        this.insertPayment = sql.text("""
                INSERT INTO reftrail_referral_payment
                (customer_id, invoice_id, paid_at, amount, decimals, currency, refunded)
                VALUES (?, ?, ?, ?, ?, ?, 0)""") + dialect.onRepeatedKey();
        this.selectPayments =
                sql.text("SELECT * FROM reftrail_referral_payment WHERE customer_id = ? ORDER BY paid_at, invoice_id");
        this.selectPayment =
                sql.text("SELECT * FROM reftrail_referral_payment WHERE customer_id = ? AND invoice_id = ?");
        this.refund =
                sql.text("UPDATE reftrail_referral_payment SET refunded = ? WHERE customer_id = ? AND invoice_id = ?");
        this.derive = sql.text("""
                UPDATE reftrail_referral SET status = ?, invoice_id = ?, paid_at = ?, amount = ?, decimals = ?, currency = ?
                WHERE customer_id = ? AND status <> 'rewarded'""");
        this.selectDue = sql.text("""
                SELECT customer_id FROM reftrail_referral
                WHERE status = 'paid' AND paid_at <= ? AND (retry_at IS NULL OR retry_at <= ?)
                ORDER BY paid_at, customer_id LIMIT ?""");
        this.claim = sql.text("""
                UPDATE reftrail_referral SET lease = ?, retry_at = ?, attempts = attempts + 1
                WHERE customer_id = ? AND status = 'paid' AND paid_at <= ? AND (retry_at IS NULL OR retry_at <= ?)""");
        this.reward = sql.text("""
                UPDATE reftrail_referral SET status = 'rewarded', rewarded_at = ?, lease = NULL, retry_at = NULL
                WHERE customer_id = ? AND lease = ? AND (status = 'paid' OR ? = 1)""");
        this.release = sql.text("""
                UPDATE reftrail_referral SET lease = NULL, retry_at = ? WHERE customer_id = ? AND lease = ?""");
        this.expired =
                sql.text("SELECT customer_id FROM reftrail_referral WHERE signed_up_at < ? LIMIT " + PURGED_AT_ONCE);
        this.deletePayments = sql.text("DELETE FROM reftrail_referral_payment WHERE customer_id = ?");
        this.deleteFriendsPayments = sql.text("""
                DELETE FROM reftrail_referral_payment WHERE customer_id IN
                (SELECT customer_id FROM reftrail_referral WHERE referrer_id = ?)""");
        this.deleteReferral = sql.text("DELETE FROM reftrail_referral WHERE customer_id = ?");
        this.deleteFriends = sql.text("DELETE FROM reftrail_referral WHERE referrer_id = ?");
        this.deleteReferrer = sql.text("DELETE FROM reftrail_referrer WHERE customer_id = ?");
    }

    /**
     * Returns the code of a customer's link. Only a locking read shows what another node has stored since the caller's
     * transaction began.
     */
    String code(Connection connection, String customerId, Supplier<String> random, Instant now) throws SQLException {
        if (customerId.length() > ReferralStore.LONGEST_ID) {
            throw new SQLException("an id is longer than " + ReferralStore.LONGEST_ID + " characters", "22001");
        }
        String code = text(connection, selectCode, customerId);
        for (int attempt = 1; code == null && attempt <= CODES; attempt++) {
            try (PreparedStatement statement = connection.prepareStatement(insertCode)) {
                statement.setString(1, customerId);
                statement.setString(2, random.get());
                dialect.setTime(statement, 3, now);
                insert(statement);
            }
            code = text(connection, selectLatestCode, customerId);
        }
        if (code == null) {
            throw new SQLException("every code is taken", "23505");
        }
        return code;
    }

    @Nullable
    String referrer(Connection connection, String code) throws SQLException {
        return text(connection, selectReferrer, code);
    }

    private static @Nullable String text(Connection connection, String query, String key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, key);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    private boolean insert(PreparedStatement statement) throws SQLException {
        try {
            return statement.executeUpdate() > 0;
        } catch (SQLException failure) {
            if (dialect.isRepeatedKey(failure)) {
                return false;
            }
            throw failure;
        }
    }

    /** Stores an event that the backend {@code own} has recorded. An event of a customer whose referral is unknown changes nothing. */
    void record(Connection connection, Event event) throws SQLException {
        String customerId = event.customerId();
        if (customerId == null || customerId.length() > ReferralStore.LONGEST_ID) {
            return;
        }
        if (event instanceof Lead lead) {
            open(connection, lead);
            return;
        }
        String status = text(connection, lock, customerId);
        if (status == null) {
            return;
        }
        boolean open = !status.equals(Status.REWARDED.text());
        if (event instanceof Sale sale && open) {
            pay(connection, sale);
        } else if (event instanceof Refund back) {
            refund(connection, back);
        }
        if (open) {
            derive(connection, customerId);
        }
    }

    private void open(Connection connection, Lead lead) throws SQLException {
        String customerId = lead.customer().id();
        String code = lead.attribution().clickId();
        String referrer = code == null ? null : referrer(connection, code);
        if (referrer == null || referrer.equals(customerId)) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(insertReferral)) {
            statement.setString(1, customerId);
            statement.setString(2, referrer);
            setTime(statement, 3, lead.attribution().clickedAt());
            dialect.setTime(statement, 4, lead.occurredAt());
            insert(statement);
        }
    }

    private void setTime(PreparedStatement statement, int index, @Nullable Instant time) throws SQLException {
        if (time == null) {
            statement.setObject(index, null);
        } else {
            dialect.setTime(statement, index, time);
        }
    }

    private void pay(Connection connection, Sale sale) throws SQLException {
        Money amount = sale.payment().amount();
        try (PreparedStatement statement = connection.prepareStatement(insertPayment)) {
            statement.setString(1, sale.customerId());
            statement.setString(2, shortened(sale.payment().invoiceId()));
            dialect.setTime(statement, 3, sale.occurredAt());
            statement.setBigDecimal(4, amount.amount());
            statement.setInt(5, amount.amount().scale());
            statement.setString(6, amount.currency().getCurrencyCode());
            insert(statement);
        }
    }

    /**
     * The column has room for the ids of all payment providers. A longer id is cut, so that it does not make the other
     * settlements of the transaction fail.
     */
    private static String shortened(String invoiceId) {
        return invoiceId.substring(0, Math.min(invoiceId.length(), ReferralStore.LONGEST_ID));
    }

    /** A payment with what was refunded of it. */
    private record Paid(String invoiceId, Instant paidAt, Money amount, BigDecimal refunded) {

        Money left() {
            return Money.of(
                    amount.amount().subtract(refunded), amount.currency().getCurrencyCode());
        }

        boolean stands() {
            return refunded.compareTo(amount.amount()) < 0;
        }
    }

    private Paid paid(ResultSet row) throws SQLException {
        int decimals = row.getInt("decimals");
        return new Paid(
                row.getString("invoice_id"),
                dialect.time(row, "paid_at"),
                money(row.getBigDecimal("amount"), decimals, row.getString("currency")),
                row.getBigDecimal("refunded").setScale(decimals, RoundingMode.HALF_UP));
    }

    /** SQLite has no decimal numbers, so a sum is rounded to the currency's decimals. */
    private static Money money(BigDecimal amount, int decimals, String currency) {
        return Money.of(amount.setScale(decimals, RoundingMode.HALF_UP), currency);
    }

    /** A refund in another currency than the payment's changes nothing. */
    private void refund(Connection connection, Refund back) throws SQLException {
        Paid paid = null;
        try (PreparedStatement statement = connection.prepareStatement(selectPayment)) {
            statement.setString(1, back.customerId());
            statement.setString(2, shortened(back.invoiceId()));
            try (ResultSet row = statement.executeQuery()) {
                if (row.next()) {
                    paid = paid(row);
                }
            }
        }
        Money amount = back.amount();
        if (paid == null
                || (amount != null && !amount.currency().equals(paid.amount().currency()))) {
            return;
        }
        BigDecimal whole = paid.amount().amount();
        BigDecimal refunded =
                amount == null ? whole : paid.refunded().add(amount.amount()).min(whole);
        try (PreparedStatement statement = connection.prepareStatement(refund)) {
            statement.setBigDecimal(1, refunded);
            statement.setString(2, back.customerId());
            statement.setString(3, paid.invoiceId());
            statement.executeUpdate();
        }
    }

    /** Finds the oldest payment that stands. */
    private void derive(Connection connection, String customerId) throws SQLException {
        Paid earning = null;
        boolean any = false;
        try (PreparedStatement statement = connection.prepareStatement(selectPayments)) {
            statement.setString(1, customerId);
            try (ResultSet row = statement.executeQuery()) {
                while (earning == null && row.next()) {
                    Paid paid = paid(row);
                    any = true;
                    earning = paid.stands() ? paid : null;
                }
            }
        }
        Status status = earning != null ? Status.PAID : any ? Status.REFUNDED : Status.SIGNED_UP;
        BigDecimal left = earning == null ? null : earning.left().amount();
        try (PreparedStatement statement = connection.prepareStatement(derive)) {
            statement.setString(1, status.text());
            statement.setString(2, earning == null ? null : earning.invoiceId());
            setTime(statement, 3, earning == null ? null : earning.paidAt());
            statement.setBigDecimal(4, left);
            statement.setObject(5, left == null ? null : left.scale());
            statement.setString(
                    6, earning == null ? null : earning.amount().currency().getCurrencyCode());
            statement.setString(7, customerId);
            statement.executeUpdate();
        }
    }

    @Nullable
    Referral find(Connection connection, String customerId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setString(1, customerId);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? referral(row) : null;
            }
        }
    }

    List<Referral> referralsBy(Connection connection, String referrerId, int limit) throws SQLException {
        List<Referral> referrals = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(selectByReferrer)) {
            statement.setString(1, referrerId);
            statement.setInt(2, limit);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    referrals.add(referral(row));
                }
            }
        }
        return referrals;
    }

    private Referral referral(ResultSet row) throws SQLException {
        BigDecimal amount = row.getBigDecimal("amount");
        return new Referral(
                row.getString("customer_id"),
                row.getString("referrer_id"),
                dialect.time(row, "signed_up_at"),
                Status.of(row.getString("status")),
                row.getString("invoice_id"),
                time(row, "paid_at"),
                amount == null ? null : money(amount, row.getInt("decimals"), row.getString("currency")),
                time(row, "rewarded_at"),
                row.getInt("attempts"));
    }

    private @Nullable Instant time(ResultSet row, String column) throws SQLException {
        return row.getString(column) == null ? null : dialect.time(row, column);
    }

    /**
     * Claims the referrals whose reward is due. The change repeats the condition of the search, because another node may have
     * claimed the row in between.
     */
    List<Referral> claim(
            Connection connection, Instant paidUntil, Instant now, Instant leaseUntil, String lease, int limit)
            throws SQLException {
        List<String> due = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(selectDue)) {
            dialect.setTime(statement, 1, paidUntil);
            dialect.setTime(statement, 2, now);
            statement.setInt(3, limit);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    due.add(row.getString(1));
                }
            }
        }
        List<Referral> claimed = new ArrayList<>();
        for (String customerId : due) {
            try (PreparedStatement statement = connection.prepareStatement(claim)) {
                statement.setString(1, lease);
                dialect.setTime(statement, 2, leaseUntil);
                statement.setString(3, customerId);
                dialect.setTime(statement, 4, paidUntil);
                dialect.setTime(statement, 5, now);
                Referral referral = statement.executeUpdate() == 1 ? find(connection, customerId) : null;
                if (referral != null) {
                    claimed.add(referral);
                }
            }
        }
        return claimed;
    }

    boolean reward(Connection connection, String customerId, String lease, Instant at, boolean given)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(reward)) {
            dialect.setTime(statement, 1, at);
            statement.setString(2, customerId);
            statement.setString(3, lease);
            statement.setInt(4, given ? 1 : 0);
            return statement.executeUpdate() == 1;
        }
    }

    int release(Connection connection, String customerId, String lease, Instant retryAt) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(release)) {
            dialect.setTime(statement, 1, retryAt);
            statement.setString(2, customerId);
            statement.setString(3, lease);
            return statement.executeUpdate();
        }
    }

    /** Erases a customer and the referrals on either side. */
    int forget(Connection connection, String customerId) throws SQLException {
        return delete(connection, deletePayments, customerId)
                + delete(connection, deleteFriendsPayments, customerId)
                + delete(connection, deleteReferral, customerId)
                + delete(connection, deleteFriends, customerId)
                + delete(connection, deleteReferrer, customerId);
    }

    private static int delete(Connection connection, String delete, String key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(delete)) {
            statement.setString(1, key);
            return statement.executeUpdate();
        }
    }

    /** Removes some referrals of customers who signed up before a time. */
    int purge(Connection connection, Instant before) throws SQLException {
        List<String> customers = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(expired)) {
            dialect.setTime(statement, 1, before);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    customers.add(row.getString(1));
                }
            }
        }
        int purged = 0;
        for (String customer : customers) {
            purged += delete(connection, deletePayments, customer) + delete(connection, deleteReferral, customer);
        }
        return purged;
    }
}
