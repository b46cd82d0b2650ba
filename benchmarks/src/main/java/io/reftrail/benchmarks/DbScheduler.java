package io.reftrail.benchmarks;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import javax.sql.DataSource;

/** db-scheduler on PostgreSQL, which Reftrail's outbox is compared with: its table, and a serializer. */
public final class DbScheduler {

    private DbScheduler() {}

    /** Creates its table unless it exists, without the indexes of features that are switched off. */
    public static void createTable(DataSource dataSource) throws SQLException {
        PostgreSql.execute(
                dataSource,
                """
                CREATE TABLE IF NOT EXISTS scheduled_tasks (
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
                "CREATE INDEX IF NOT EXISTS scheduled_tasks_time ON scheduled_tasks (execution_time)",
                "CREATE INDEX IF NOT EXISTS scheduled_tasks_heartbeat ON scheduled_tasks (last_heartbeat)");
    }

    /** Stores text as UTF-8. The default is Java serialization, which is slower. */
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
