package io.reftrail.outbox.jdbc;

import io.reftrail.testing.PostgresServer;

class PostgresOutboxTests extends DurableOutboxContract {

    PostgresOutboxTests() {
        super(Database.POSTGRESQL, JdbcOutbox.on(PostgresServer.pool()));
    }
}
