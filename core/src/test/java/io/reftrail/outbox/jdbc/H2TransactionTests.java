package io.reftrail.outbox.jdbc;

import io.reftrail.testing.H2Server;

class H2TransactionTests extends JoinedTransactionContract {

    H2TransactionTests() {
        super(H2Server.dataSource());
    }
}
