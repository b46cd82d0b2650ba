package io.reftrail.outbox.jdbc;

import io.reftrail.model.InvalidSettingException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names of an outbox's tables. SQL in this package and in the scripts uses the usual names, such as
 * {@code reftrail_event}; {@link #in} replaces them with an outbox's own names.
 *
 * @param schema the schema of the tables, or {@code null} for that of the connection
 * @param prefix the prefix of the names of tables and indexes
 */
record TableNames(@Nullable String schema, String prefix) {

    private static final int LONGEST = 30;

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private static final Pattern USUAL_NAME = Pattern.compile("\\b" + JdbcOutbox.DEFAULT_TABLE_PREFIX
            + "((?:event|sender|setting|customer|recent_sign_up|payer|touch|conversion|correction|attribution|count|note|referrer"
            + "|referral_payment|referral)\\b)?");

    static final TableNames USUAL = new TableNames(null, JdbcOutbox.DEFAULT_TABLE_PREFIX);

    /** @throws InvalidSettingException if a name is not a plain SQL identifier */
    TableNames {
        requireIdentifier("outbox.table-prefix", prefix, "myapp_reftrail_");
        if (schema != null) {
            requireIdentifier("outbox.schema", schema, "myapp");
        }
    }

    private static void requireIdentifier(String setting, String name, String example) {
        if (name.length() > LONGEST || !IDENTIFIER.matcher(name).matches()) {
            throw new InvalidSettingException(
                    setting,
                    "'" + name + "' is not a plain SQL identifier of at most " + LONGEST + " characters",
                    "Use letters, digits and underscores, beginning with a letter.",
                    setting + "=" + example);
        }
    }

    /** Returns SQL with these names in place of the usual ones. Only tables are qualified: an index is in its table's schema. */
    String in(String sql) {
        if (schema == null && prefix.equals(JdbcOutbox.DEFAULT_TABLE_PREFIX)) {
            return sql;
        }
        String named = USUAL_NAME.matcher(sql).replaceAll(this::own);
        return schema == null ? named : named.replace("DATABASE()", "'" + schema + "'");
    }

    private String own(MatchResult usual) {
        String table = usual.group(1);
        return table == null ? prefix : (schema == null ? "" : schema + ".") + prefix + table;
    }
}
