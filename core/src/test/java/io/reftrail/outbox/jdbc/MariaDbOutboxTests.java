package io.reftrail.outbox.jdbc;

import io.reftrail.testing.MariaDbServer;

class MariaDbOutboxTests extends DurableOutboxContract {

    MariaDbOutboxTests() {
        super(Database.MYSQL, JdbcOutbox.on(MariaDbServer.pool()));
    }
}
