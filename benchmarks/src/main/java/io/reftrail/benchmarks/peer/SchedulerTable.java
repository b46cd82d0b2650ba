package io.reftrail.benchmarks.peer;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/** The table of db-scheduler on PostgreSQL, without the indexes of features that are switched off. */
public final class SchedulerTable {

    private static final List<String> DDL = List.of(
            """
            CREATE TABLE scheduled_tasks (
                task_name TEXT NOT NULL,
                task_instance TEXT NOT NULL,
                task_data BYTEA,
                execution_time TIMESTAMPTZ,
                picked BOOLEAN NOT NULL,
                picked_by TEXT,
                last_success TIMESTAMPTZ,
                last_failure TIMESTAMPTZ,
                consecutive_failures INT,
                last_heartbeat TIMESTAMPTZ,
                version BIGINT NOT NULL,
                priority SMALLINT,
                state TEXT,
                PRIMARY KEY (task_name, task_instance))""",
            "CREATE INDEX scheduled_tasks_time ON scheduled_tasks (execution_time)",
            "CREATE INDEX scheduled_tasks_heartbeat ON scheduled_tasks (last_heartbeat)");

    private SchedulerTable() {}

    /** Makes the table. */
    public static void create(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : DDL) {
                statement.execute(sql);
            }
        }
    }

    /** Makes the table, unless it is there. */
    public static void createIfMissing(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT to_regclass('scheduled_tasks') IS NULL")) {
            if (row.next() && row.getBoolean(1)) {
                create(dataSource);
            }
        }
    }

    /** Keeps texts as they are, in place of Java's serialization, which is the default and slower. */
    public static final class TextSerializer implements Serializer {

        @Override
        public byte[] serialize(Object data) {
            return data.toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public <T> T deserialize(Class<T> type, byte[] data) {
            return type.cast(new String(data, StandardCharsets.UTF_8));
        }
    }
}
