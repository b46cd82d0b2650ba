package io.reftrail.outbox;

import io.reftrail.testing.MariaDbServer;
import java.sql.SQLException;

class MariaDbOutboxTests extends DurableOutboxContract {

    MariaDbOutboxTests() throws SQLException {
        super(Database.MYSQL, JdbcOutbox.on(MariaDbServer.dataSource()));
    }
}
