package io.reftrail.outbox;

import io.reftrail.testing.PostgresServer;

class PostgresOutboxTests extends JdbcOutboxContract {

    PostgresOutboxTests() {
        super(Database.POSTGRESQL, JdbcOutbox.on(PostgresServer.dataSource()));
    }
}
