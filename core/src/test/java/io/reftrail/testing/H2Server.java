package io.reftrail.testing;

import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** An H2 in memory, one for all tests of a JVM. */
public final class H2Server {

    private H2Server() {}

    /** Its database; each connection is a new one. */
    public static DataSource dataSource() {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:mem:reftrail;DB_CLOSE_DELAY=-1");
        return dataSource;
    }
}
