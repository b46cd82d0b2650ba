package io.reftrail.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A real PostgreSQL from binaries of Maven Central, started once for all tests of a JVM. */
public final class PostgresServer {

    private static final class Running {
        static final EmbeddedPostgres SERVER = start();
    }

    private static final class Pooled {
        static final DataSource POOL = pool(Running.SERVER.getPostgresDatabase());
    }

    private PostgresServer() {}

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "60")
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Its database; each connection is a new one. */
    public static DataSource dataSource() {
        ServerBinaries.require("PostgreSQL");
        return Running.SERVER.getPostgresDatabase();
    }

    /** Its database by connections that are kept, as applications have them. */
    public static DataSource pool() {
        ServerBinaries.require("PostgreSQL");
        return Pooled.POOL;
    }

    /** A new connection of the simple query protocol, in which a statement may have parameters without values. */
    public static Connection simpleQueryConnection() throws SQLException {
        ServerBinaries.require("PostgreSQL");
        return DriverManager.getConnection(
                Running.SERVER.getJdbcUrl("postgres", "postgres") + "&preferQueryMode=simple");
    }

    static DataSource pool(DataSource of) {
        HikariConfig configuration = new HikariConfig();
        configuration.setDataSource(of);
        configuration.setMaximumPoolSize(20);
        configuration.setMinimumIdle(0);
        return new HikariDataSource(configuration);
    }
}
