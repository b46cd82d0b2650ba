package io.reftrail.outbox;

import org.h2.jdbcx.JdbcDataSource;

class H2OutboxTests extends JdbcOutboxContract {

    H2OutboxTests() {
        super(Database.H2, JdbcOutbox.on(memory()));
    }

    private static JdbcDataSource memory() {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:mem:outbox;DB_CLOSE_DELAY=-1");
        return dataSource;
    }
}
