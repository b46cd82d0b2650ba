package io.reftrail.outbox.jdbc;

import io.reftrail.testing.PostgresServer;

class PostgresOutboxTests extends DurableOutboxContract {

    PostgresOutboxTests() {
        super(new PostgresDialect(), JdbcOutbox.on(PostgresServer.pool()));
    }
}
