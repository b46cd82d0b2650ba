package io.reftrail.outbox.jdbc;

import io.reftrail.testing.H2Server;

class H2OutboxTests extends DurableOutboxContract {

    H2OutboxTests() {
        super(new H2Dialect(), JdbcOutbox.on(H2Server.dataSource()));
    }
}
