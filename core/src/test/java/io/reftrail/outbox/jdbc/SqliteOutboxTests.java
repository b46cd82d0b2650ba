package io.reftrail.outbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SqliteOutboxTests extends DurableOutboxContract {

    private static final Path FILE = file();

    SqliteOutboxTests() {
        super(new SqliteDialect(), JdbcOutbox.embedded(FILE));
    }

    @Test
    void theFileHoldsNothingOfAForgottenPerson() throws IOException {
        for (int customer = 0; customer < 20; customer++) {
            enqueue("introw", "zoe-" + customer);
            outbox.settle(claimOne("introw"), done());
        }
        for (int customer = 0; customer < 20; customer++) {
            assertThat(outbox.forget("zoe-" + customer)).isOne();
        }

        try (Stream<Path> files = Files.list(FILE.getParent())) {
            for (Path part : files.toList()) {
                assertThat(Files.readString(part, StandardCharsets.ISO_8859_1))
                        .as(part.toString())
                        .doesNotContain("zoe-");
            }
        }
    }

    private static Path file() {
        try {
            return Files.createTempDirectory("reftrail").resolve("outbox.db");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
