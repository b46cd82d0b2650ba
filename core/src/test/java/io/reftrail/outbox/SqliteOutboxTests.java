package io.reftrail.outbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

class SqliteOutboxTests extends DurableOutboxContract {

    SqliteOutboxTests() {
        super(Database.SQLITE, JdbcOutbox.embedded(file()));
    }

    private static Path file() {
        try {
            return Files.createTempDirectory("reftrail").resolve("outbox.db");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
