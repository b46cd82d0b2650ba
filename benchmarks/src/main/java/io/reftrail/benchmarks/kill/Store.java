package io.reftrail.benchmarks.kill;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.reftrail.outbox.jdbc.JdbcOutbox;
import java.nio.file.Path;

/** The embedded databases that could keep the outbox of an application without one of its own. */
enum Store {
    /** Our own file, as the servlet filter opens it. */
    SQLITE("SQLite, WAL, synchronous=FULL") {
        @Override
        OpenStore open(Path directory) {
            JdbcOutbox outbox =
                    JdbcOutbox.embedded(directory.resolve("outbox.sqlite")).open();
            return new OpenStore(outbox, () -> {});
        }
    },
    /** H2 in a file, told to write before it says so; with its defaults it is known to lose commits. */
    H2("H2, WRITE_DELAY=0") {
        @Override
        OpenStore open(Path directory) {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl("jdbc:h2:file:" + directory.resolve("outbox") + ";WRITE_DELAY=0");
            config.setUsername("sa");
            config.setPassword("");
            config.setMaximumPoolSize(8);
            HikariDataSource pool = new HikariDataSource(config);
            return new OpenStore(JdbcOutbox.on(pool).createSchema(true).open(), pool::close);
        }
    };

    private final String title;

    Store(String title) {
        this.title = title;
    }

    abstract OpenStore open(Path directory);

    String title() {
        return title;
    }

    /**
     * An outbox and what has to be closed after it.
     *
     * @param outbox the outbox
     * @param database closes its database
     */
    record OpenStore(JdbcOutbox outbox, Runnable database) implements AutoCloseable {

        @Override
        public void close() {
            outbox.close();
            database.run();
        }
    }
}
