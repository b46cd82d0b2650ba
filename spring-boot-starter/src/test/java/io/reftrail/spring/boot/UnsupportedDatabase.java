package io.reftrail.spring.boot;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.mockito.Mockito;

/** A database in which leads cannot be stored. */
final class UnsupportedDatabase {

    private UnsupportedDatabase() {}

    static DataSource dataSource() {
        try {
            DatabaseMetaData meta = Mockito.mock();
            Mockito.when(meta.getDatabaseProductName()).thenReturn("Unsupported");
            Connection connection = Mockito.mock();
            Mockito.when(connection.getMetaData()).thenReturn(meta);
            DataSource dataSource = Mockito.mock();
            Mockito.when(dataSource.getConnection()).thenReturn(connection);
            return dataSource;
        } catch (SQLException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
