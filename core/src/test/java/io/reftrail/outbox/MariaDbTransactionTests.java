package io.reftrail.outbox;

import io.reftrail.testing.MariaDbServer;
import java.sql.SQLException;

class MariaDbTransactionTests extends JoinedTransactionContract {

    MariaDbTransactionTests() throws SQLException {
        super(MariaDbServer.dataSource());
    }
}
