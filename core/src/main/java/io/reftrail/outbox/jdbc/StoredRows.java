package io.reftrail.outbox.jdbc;

import io.reftrail.outbox.internal.Fingerprint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All rows of one person, column by column, for an export. Runs in the transactions of its callers. */
final class StoredRows {

    private final Dialect dialect;
    private final Fingerprint.Keyed fingerprints;
    private final Map<String, String> byFingerprint = new LinkedHashMap<>();
    private final Map<String, String> byId = new LinkedHashMap<>();
    private final Map<String, String> referrals = new LinkedHashMap<>();

    StoredRows(Sql sql, Fingerprint.Keyed fingerprints) {
        this.dialect = sql.dialect;
        this.fingerprints = fingerprints;
        byFingerprint.put("reftrail_event", sql.text("""
                SELECT * FROM reftrail_event WHERE customer = ? AND (due_at IS NULL OR due_at >= {held})
                UNION ALL
                SELECT * FROM reftrail_event WHERE customer = ? AND due_at < {held}
                UNION ALL
                SELECT * FROM reftrail_event WHERE customer IS NULL AND id IN (
                    SELECT follows FROM reftrail_event WHERE customer = ? AND (due_at IS NULL OR due_at >= {held})
                    UNION ALL
                    SELECT follows FROM reftrail_event WHERE customer = ? AND due_at < {held})"""));
        byFingerprint.put("reftrail_customer", sql.text("SELECT * FROM reftrail_customer WHERE customer = ?"));
        byFingerprint.put("reftrail_payer", sql.text("SELECT * FROM reftrail_payer WHERE customer = ?"));
        byFingerprint.put(
                "reftrail_recent_sign_up",
                sql.text("SELECT network, signed_up_at FROM reftrail_recent_sign_up WHERE customer = ?"));
        for (String table : List.of("touch", "conversion", "correction")) {
            byId.put("reftrail_" + table, sql.text("SELECT * FROM reftrail_" + table + " WHERE customer_id = ?"));
        }
        addReferrals(sql);
    }

    /** The other side of a referral is another person, so the rows do not name it. */
    private void addReferrals(Sql sql) {
        referrals.put("reftrail_referrer", sql.text("SELECT * FROM reftrail_referrer WHERE customer_id = ?"));
        referrals.put("reftrail_referral", sql.text("""
                SELECT 'customer' AS side, clicked_at, signed_up_at, status, rewarded_at
                FROM reftrail_referral WHERE customer_id = ?
                UNION ALL
                SELECT 'referrer' AS side, clicked_at, signed_up_at, status, rewarded_at
                FROM reftrail_referral WHERE referrer_id = ?"""));
        referrals.put(
                "reftrail_referral_payment", sql.text("SELECT * FROM reftrail_referral_payment WHERE customer_id = ?"));
    }

    /** Returns the rows by the usual names of their tables. */
    Map<String, List<Map<String, @Nullable Object>>> find(
            Connection connection,
            String customerId,
            boolean hasPayers,
            boolean hasJourneys,
            boolean hasReferrals,
            boolean hasSignUps)
            throws SQLException {
        Map<String, List<Map<String, @Nullable Object>>> rows = new LinkedHashMap<>();
        byte[] fingerprint = fingerprints.of(customerId).bytes();
        for (Map.Entry<String, String> query : byFingerprint.entrySet()) {
            if ((hasPayers || !query.getKey().equals("reftrail_payer"))
                    && (hasSignUps || !query.getKey().equals("reftrail_recent_sign_up"))) {
                try (PreparedStatement statement = connection.prepareStatement(query.getValue())) {
                    int parameters = statement.getParameterMetaData().getParameterCount();
                    for (int index = 1; index <= parameters; index++) {
                        statement.setBytes(index, fingerprint);
                    }
                    add(query.getKey(), statement, rows);
                }
            }
        }
        addByCustomer(hasJourneys ? byId : Map.of(), connection, customerId, rows);
        addByCustomer(hasReferrals ? referrals : Map.of(), connection, customerId, rows);
        return rows;
    }

    private void addByCustomer(
            Map<String, String> queries,
            Connection connection,
            String customerId,
            Map<String, List<Map<String, @Nullable Object>>> rows)
            throws SQLException {
        for (Map.Entry<String, String> query : queries.entrySet()) {
            try (PreparedStatement statement = connection.prepareStatement(query.getValue())) {
                int parameters = statement.getParameterMetaData().getParameterCount();
                for (int index = 1; index <= parameters; index++) {
                    statement.setString(index, customerId);
                }
                add(query.getKey(), statement, rows);
            }
        }
    }

    private void add(String table, PreparedStatement statement, Map<String, List<Map<String, @Nullable Object>>> rows)
            throws SQLException {
        List<Map<String, @Nullable Object>> found = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                found.add(columns(row));
            }
        }
        if (!found.isEmpty()) {
            rows.put(table, found);
        }
    }

    private Map<String, @Nullable Object> columns(ResultSet row) throws SQLException {
        ResultSetMetaData meta = row.getMetaData();
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        for (int index = 1; index <= meta.getColumnCount(); index++) {
            String name = meta.getColumnLabel(index).toLowerCase(Locale.ROOT);
            columns.put(name, row.getObject(index) == null ? null : value(row, index, name, meta.getColumnType(index)));
        }
        return columns;
    }

    private Object value(ResultSet row, int index, String name, int type) throws SQLException {
        return switch (type) {
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB ->
                HexFormat.of().formatHex(row.getBytes(index));
            case Types.BIGINT, Types.INTEGER, Types.SMALLINT ->
                isTime(name) ? Instant.ofEpochMilli(row.getLong(index)).toString() : (Object) row.getLong(index);
            case Types.DECIMAL, Types.NUMERIC -> row.getBigDecimal(index);
            default -> isTime(name) ? dialect.time(row, name).toString() : row.getString(index);
        };
    }

    private static boolean isTime(String name) {
        return name.endsWith("_at") || name.equals("known_since");
    }
}
