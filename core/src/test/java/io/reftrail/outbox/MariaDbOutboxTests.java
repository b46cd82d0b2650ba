package io.reftrail.outbox;

import io.reftrail.testing.MariaDbServer;

class MariaDbOutboxTests extends DurableOutboxContract {

    MariaDbOutboxTests() {
        super(Database.MYSQL, JdbcOutbox.on(MariaDbServer.pool()));
    }
}
