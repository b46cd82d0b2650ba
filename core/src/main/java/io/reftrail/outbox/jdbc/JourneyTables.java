package io.reftrail.outbox.jdbc;

import io.reftrail.journey.Conversion;
import io.reftrail.journey.Correction;
import io.reftrail.journey.Journey;
import io.reftrail.journey.Touch;
import io.reftrail.journey.Touch.Ad;
import io.reftrail.journey.Touch.Origin;
import io.reftrail.journey.Touch.Partner;
import io.reftrail.journey.Touch.Utm;
import io.reftrail.outbox.JourneyStore;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables {@code reftrail_touch}, {@code reftrail_conversion} and {@code reftrail_correction}, which the merchant's own SQL
 * reads. Runs in the transactions of its callers.
 */
final class JourneyTables {

    /** The largest number of journeys that one transaction removes, so that no sign-up waits for it. */
    private static final int PURGED_AT_ONCE = 200;

    private static final List<String> TABLES = List.of("touch", "conversion", "correction");

    private final Dialect dialect;
    private final String exists;
    private final String insertTouch;
    private final String insertConversion;
    private final String insertCorrection;
    private final String selectTouches;
    private final String selectConversions;
    private final String selectCorrections;
    private final String lastTouch;
    private final String lastCorrection;
    private final String replacePartners;
    private final String expired;
    private final String correctedBefore;
    private final String deleteCorrections;
    private final List<String> deletes;

    JourneyTables(Sql sql) {
        this.dialect = sql.dialect;
        this.exists = sql.text("SELECT 1 FROM reftrail_touch WHERE customer_id = ? AND touch_no = 1");
        this.insertTouch = sql.text("""
                INSERT INTO reftrail_touch (customer_id, touch_no, touched_at, origin, source, direct, referrer, landing_path,
                utm_source, utm_medium, utm_campaign, utm_term, utm_content, ad_parameter, ad_click_id, backend, partner_code,
                stored_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");
        this.insertConversion = sql.text("""
                INSERT INTO reftrail_conversion (customer_id, kind, conversion_id, occurred_at, amount, decimals, currency)
                VALUES (?, ?, ?, ?, ?, ?, ?)""") + dialect.onRepeatedKey();
        this.insertCorrection = sql.text("""
                INSERT INTO reftrail_correction
                (customer_id, correction_no, corrected_at, backend, partner_code, reason, actor)
                VALUES (?, ?, ?, ?, ?, ?, ?)""");
        this.selectTouches = sql.text("SELECT * FROM reftrail_touch WHERE customer_id = ? ORDER BY touch_no");
        this.selectConversions = sql.text(
                "SELECT * FROM reftrail_conversion WHERE customer_id = ? ORDER BY occurred_at, kind, conversion_id");
        this.selectCorrections =
                sql.text("SELECT * FROM reftrail_correction WHERE customer_id = ? ORDER BY correction_no");
        this.lastTouch = sql.text("SELECT COALESCE(MAX(touch_no), 0) FROM reftrail_touch WHERE customer_id = ?");
        this.lastCorrection =
                sql.text("SELECT COALESCE(MAX(correction_no), 0) FROM reftrail_correction WHERE customer_id = ?");
        this.replacePartners = sql.text("""
                UPDATE reftrail_touch SET replaced_at = ?
                WHERE customer_id = ? AND backend IS NOT NULL AND replaced_at IS NULL""");
        this.expired = sql.text(
                "SELECT customer_id FROM reftrail_touch WHERE touch_no = 1 AND stored_at < ? LIMIT " + PURGED_AT_ONCE);
        this.correctedBefore =
                sql.text("SELECT customer_id FROM reftrail_correction WHERE corrected_at < ? LIMIT " + PURGED_AT_ONCE);
        this.deleteCorrections = sql.text("DELETE FROM reftrail_correction WHERE corrected_at < ? AND customer_id = ?");
        this.deletes = TABLES.stream()
                .map(table -> sql.text("DELETE FROM reftrail_" + table + " WHERE customer_id = ?"))
                .toList();
    }

    boolean open(Connection connection, String customerId, List<Touch> touches, Conversion signUp) throws SQLException {
        requireLength(customerId);
        if (exists(connection, customerId) || !insert(connection, customerId, signUp)) {
            return false;
        }
        try (PreparedStatement statement = connection.prepareStatement(insertTouch)) {
            int number = 0;
            for (Touch touch : touches) {
                set(statement, customerId, ++number, touch, signUp.time());
                statement.addBatch();
            }
            statement.executeBatch();
        }
        return true;
    }

    boolean add(Connection connection, String customerId, Conversion conversion) throws SQLException {
        requireLength(customerId);
        requireLength(conversion.id());
        return exists(connection, customerId) && insert(connection, customerId, conversion);
    }

    private static void requireLength(@Nullable String id) throws SQLException {
        if (id != null && id.length() > JourneyStore.LONGEST_ID) {
            throw new SQLException("an id is longer than " + JourneyStore.LONGEST_ID + " characters", "22001");
        }
    }

    private boolean exists(Connection connection, String customerId) throws SQLException {
        return number(connection, exists, customerId) > 0;
    }

    private static int number(Connection connection, String query, String customerId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, customerId);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getInt(1) : 0;
            }
        }
    }

    private boolean insert(Connection connection, String customerId, Conversion conversion) throws SQLException {
        BigDecimal amount = conversion.amount();
        Currency currency = conversion.currency();
        try (PreparedStatement statement = connection.prepareStatement(insertConversion)) {
            statement.setString(1, customerId);
            statement.setString(2, conversion.kind().text());
            statement.setString(3, conversion.id());
            dialect.setTime(statement, 4, conversion.time());
            statement.setBigDecimal(5, amount);
            statement.setInt(6, amount == null ? 0 : amount.scale());
            statement.setString(7, currency == null ? null : currency.getCurrencyCode());
            return statement.executeUpdate() > 0;
        } catch (SQLException failure) {
            if (dialect.isRepeatedKey(failure)) {
                return false;
            }
            throw failure;
        }
    }

    private void set(PreparedStatement statement, String customerId, int number, Touch touch, Instant storedAt)
            throws SQLException {
        Utm utm = touch.utm();
        Ad ad = touch.ad();
        Partner partner = touch.partner();
        statement.setString(1, customerId);
        statement.setInt(2, number);
        dialect.setTime(statement, 3, touch.time());
        statement.setString(4, touch.origin().text());
        statement.setString(5, touch.source());
        statement.setInt(6, touch.wasDirect() ? 1 : 0);
        statement.setString(7, touch.referrer());
        statement.setString(8, touch.landingPath());
        statement.setString(9, utm.source());
        statement.setString(10, utm.medium());
        statement.setString(11, utm.campaign());
        statement.setString(12, utm.term());
        statement.setString(13, utm.content());
        statement.setString(14, ad == null ? null : ad.parameter());
        statement.setString(15, ad == null ? null : ad.clickId());
        statement.setString(16, partner == null ? null : partner.backend());
        statement.setString(17, partner == null ? null : partner.code());
        dialect.setTime(statement, 18, storedAt.truncatedTo(ChronoUnit.MILLIS));
    }

    @Nullable
    Journey find(Connection connection, String customerId) throws SQLException {
        List<Touch> touches = new ArrayList<>();
        List<Touch> replaced = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(selectTouches)) {
            statement.setString(1, customerId);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    (row.getString("replaced_at") == null ? touches : replaced).add(touch(row));
                }
            }
        }
        List<Conversion> conversions = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(selectConversions)) {
            statement.setString(1, customerId);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    conversions.add(conversion(row));
                }
            }
        }
        List<Correction> corrections = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(selectCorrections)) {
            statement.setString(1, customerId);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    corrections.add(correction(row));
                }
            }
        }
        return touches.isEmpty() && replaced.isEmpty() && corrections.isEmpty()
                ? null
                : new Journey(customerId, touches, replaced, conversions, corrections);
    }

    private Touch touch(ResultSet row) throws SQLException {
        String parameter = row.getString("ad_parameter");
        return new Touch(
                dialect.time(row, "touched_at"),
                Origin.of(row.getString("origin")),
                row.getString("source"),
                row.getString("referrer"),
                row.getString("landing_path"),
                new Utm(
                        row.getString("utm_source"),
                        row.getString("utm_medium"),
                        row.getString("utm_campaign"),
                        row.getString("utm_term"),
                        row.getString("utm_content")),
                parameter == null ? null : new Ad(parameter, row.getString("ad_click_id")),
                partner(row));
    }

    private static @Nullable Partner partner(ResultSet row) throws SQLException {
        String backend = row.getString("backend");
        return backend == null ? null : new Partner(backend, row.getString("partner_code"));
    }

    private Conversion conversion(ResultSet row) throws SQLException {
        BigDecimal amount = row.getBigDecimal("amount");
        String currency = row.getString("currency");
        return new Conversion(
                Conversion.Kind.of(row.getString("kind")),
                row.getString("conversion_id"),
                dialect.time(row, "occurred_at"),
                amount == null ? null : amount.setScale(row.getInt("decimals")),
                currency == null ? null : Currency.getInstance(currency));
    }

    private Correction correction(ResultSet row) throws SQLException {
        return new Correction(
                dialect.time(row, "corrected_at"), partner(row), row.getString("reason"), row.getString("actor"));
    }

    int correct(Connection connection, String customerId, Correction correction, @Nullable Touch touch)
            throws SQLException {
        requireLength(customerId);
        Partner partner = correction.partner();
        requireLength(partner == null ? null : partner.code());
        int number = number(connection, lastCorrection, customerId) + 1;
        try (PreparedStatement statement = connection.prepareStatement(insertCorrection)) {
            statement.setString(1, customerId);
            statement.setInt(2, number);
            dialect.setTime(statement, 3, correction.time());
            statement.setString(4, partner == null ? null : partner.backend());
            statement.setString(5, partner == null ? null : partner.code());
            statement.setString(6, correction.reason());
            statement.setString(7, correction.actor());
            statement.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement(replacePartners)) {
            dialect.setTime(statement, 1, correction.time());
            statement.setString(2, customerId);
            statement.executeUpdate();
        }
        if (touch != null) {
            int next = number(connection, lastTouch, customerId) + 1;
            try (PreparedStatement statement = connection.prepareStatement(insertTouch)) {
                set(statement, customerId, next, touch, correction.time());
                statement.executeUpdate();
            }
        }
        return number;
    }

    int forget(Connection connection, String customerId) throws SQLException {
        int erased = 0;
        for (String delete : deletes) {
            try (PreparedStatement statement = connection.prepareStatement(delete)) {
                statement.setString(1, customerId);
                erased += statement.executeUpdate();
            }
        }
        return erased;
    }

    /** Removes some journeys of customers who signed up before a time, and some corrections from before it. */
    int purge(Connection connection, Instant before) throws SQLException {
        int purged = 0;
        for (String customer : customers(connection, expired, before)) {
            purged += forget(connection, customer);
        }
        for (String customer : customers(connection, correctedBefore, before)) {
            try (PreparedStatement statement = connection.prepareStatement(deleteCorrections)) {
                dialect.setTime(statement, 1, before);
                statement.setString(2, customer);
                purged += statement.executeUpdate();
            }
        }
        return purged;
    }

    private Set<String> customers(Connection connection, String select, Instant before) throws SQLException {
        Set<String> customers = new LinkedHashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            dialect.setTime(statement, 1, before);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    customers.add(row.getString(1));
                }
            }
        }
        return customers;
    }
}
