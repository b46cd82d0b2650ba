package io.reftrail.outbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SqliteOutboxTests extends DurableOutboxContract {

    private static final Path FILE = file();

    /** What may be read as a whole: a row for each process or name, and the indexes of waiting and of dead events. */
    private static final Pattern SMALL = Pattern.compile(
            "SCAN (test_clock|CONSTANT ROW|reftrail_(note|sender|setting)|n|w|"
                    + "reftrail_event USING INDEX reftrail_event_(due|dead))\\b.*",
            Pattern.DOTALL);

    private static final Set<String> READING = ConcurrentHashMap.newKeySet();
    private static final Set<String> WRITING = ConcurrentHashMap.newKeySet();

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

    @Override
    Connections connect() {
        return new RecordedStatements(super.connect(), READING, WRITING);
    }

    /** An operator's list, a purge or an erasure that read all events would hold up the sign-ups meanwhile. */
    @AfterAll
    static void noStatementOfAnyOfTheseTestsReadsAWholeTable() throws SQLException {
        Set<String> all = new HashSet<>(READING);
        all.addAll(WRITING);

        assertThat(scans(all)).isNotEmpty().allMatch(scan -> SMALL.matcher(scan).matches());
    }

    /** While something writes to the file, every sign-up waits. An erasure therefore looks for waiting events before it. */
    @AfterAll
    static void nothingThatWritesReadsAllWaitingEvents() throws SQLException {
        assertThat(scans(WRITING)).noneMatch(scan -> scan.contains("reftrail_event_due"));
    }

    private static List<String> scans(Set<String> statements) throws SQLException {
        List<String> scans = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + FILE)) {
            for (String statement : statements) {
                try (PreparedStatement explain = connection.prepareStatement("EXPLAIN QUERY PLAN " + statement);
                        ResultSet row = explain.executeQuery()) {
                    while (row.next()) {
                        if (row.getString("detail").startsWith("SCAN")) {
                            scans.add(row.getString("detail") + ": " + statement);
                        }
                    }
                }
            }
        }
        return scans;
    }

    private static Path file() {
        try {
            return Files.createTempDirectory("reftrail").resolve("outbox.db");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
