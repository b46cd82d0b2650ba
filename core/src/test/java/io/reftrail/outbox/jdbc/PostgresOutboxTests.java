package io.reftrail.outbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.testing.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;

class PostgresOutboxTests extends DurableOutboxContract {

    /** What may be read as a whole: a row for each process or name. */
    private static final Pattern SMALL =
            Pattern.compile(".*Seq Scan on (test_clock|reftrail_(note|sender|setting))\\b.*");

    /** The index of due events holds dead ones too, which may be many more than those that wait. */
    private static final Pattern DUE_AND_DEAD = Pattern.compile("reftrail_event_due\\b.*\\R(?!.*(backend =|due_at <))");

    private static final Set<String> STATEMENTS = ConcurrentHashMap.newKeySet();

    PostgresOutboxTests() {
        super(new PostgresDialect(), JdbcOutbox.on(PostgresServer.pool()));
    }

    @Override
    Connections connect() {
        return new RecordedStatements(super.connect(), STATEMENTS);
    }

    /** With few rows PostgreSQL reads tables as a whole. If that is forbidden, it does so only where no index can be used. */
    @AfterAll
    static void eachStatementOfAnyOfTheseTestsCanUseAnIndex() throws SQLException {
        List<String> readWhole = new ArrayList<>();
        List<String> searching = RecordedStatements.searching(STATEMENTS);
        try (Connection connection = PostgresServer.simpleQueryConnection();
                Statement explain = connection.createStatement()) {
            explain.execute("SET enable_seqscan = off");
            for (String statement : searching) {
                String plan = plan(explain, statement);
                if (plan.lines().anyMatch(PostgresOutboxTests::readsWhole)
                        || DUE_AND_DEAD.matcher(plan).find()) {
                    readWhole.add(plan + ": " + statement);
                }
            }
        }
        assertThat(searching).hasSizeGreaterThan(50);
        assertThat(readWhole).isEmpty();
    }

    private static String plan(Statement explain, String statement) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (ResultSet row = explain.executeQuery("EXPLAIN (GENERIC_PLAN) " + numbered(statement))) {
            while (row.next()) {
                plan.append(row.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }

    private static boolean readsWhole(String step) {
        return step.contains("Seq Scan") && !SMALL.matcher(step).matches();
    }

    private static String numbered(String statement) {
        int[] parameters = {0};
        return Pattern.compile("\\?")
                .matcher(statement)
                .replaceAll(found -> Matcher.quoteReplacement("$" + ++parameters[0]));
    }
}
