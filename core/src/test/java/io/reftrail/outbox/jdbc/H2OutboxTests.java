package io.reftrail.outbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.testing.H2Server;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

@Tag("compatibility")
class H2OutboxTests extends DurableOutboxContract {

    /** What may be read as a whole: a row for each process or name. */
    private static final Pattern WHOLE = Pattern.compile("REFTRAIL_(?!NOTE|SENDER|SETTING)\\w+\\.tableScan");

    private static final Set<String> STATEMENTS = ConcurrentHashMap.newKeySet();

    H2OutboxTests() {
        super(new H2Dialect(), JdbcOutbox.on(H2Server.dataSource()));
    }

    @Override
    Connections connect() {
        return new RecordedStatements(super.connect(), STATEMENTS);
    }

    @AfterAll
    static void noStatementOfAnyOfTheseTestsReadsAWholeTable() throws SQLException {
        List<String> plans = new ArrayList<>();
        try (Connection connection = H2Server.dataSource().getConnection()) {
            for (String statement : RecordedStatements.searching(STATEMENTS)) {
                plans.add(plan(connection, statement));
            }
        }
        assertThat(plans).hasSizeGreaterThan(50).noneMatch(plan -> WHOLE.matcher(plan)
                .find());
    }

    private static String plan(Connection connection, String statement) throws SQLException {
        try (PreparedStatement explain = connection.prepareStatement("EXPLAIN " + statement)) {
            for (int parameter = 1; parameter <= explain.getParameterMetaData().getParameterCount(); parameter++) {
                explain.setNull(parameter, Types.NULL);
            }
            try (ResultSet row = explain.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
