package io.reftrail.outbox;

import io.reftrail.testing.PostgresServer;

class PostgresTransactionTests extends JoinedTransactionContract {

    PostgresTransactionTests() {
        super(PostgresServer.dataSource());
    }
}
