package io.reftrail.outbox.jdbc;

import io.reftrail.testing.MariaDbServer;

class MariaDbOutboxTests extends DurableOutboxContract {

    MariaDbOutboxTests() {
        super(new MySqlDialect(), JdbcOutbox.on(MariaDbServer.pool()));
    }
}
