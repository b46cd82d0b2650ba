package io.reftrail.outbox.jdbc;

import io.reftrail.testing.MariaDbServer;
import org.junit.jupiter.api.Tag;

@Tag("compatibility")
class MariaDbOutboxTests extends DurableOutboxContract {

    MariaDbOutboxTests() {
        super(new MySqlDialect(), JdbcOutbox.on(MariaDbServer.pool()));
    }
}
