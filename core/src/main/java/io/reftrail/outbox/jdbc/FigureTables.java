package io.reftrail.outbox.jdbc;

import io.reftrail.model.Decision.Stage;
import io.reftrail.model.Event;
import io.reftrail.outbox.Count;
import io.reftrail.outbox.Figures;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tables {@code reftrail_count}, with a row for each reason and minute, hour or day, and {@code reftrail_note}, with the
 * reports and requests of processes. A missing part of a count's key is an empty text, because a key cannot be null.
 */
final class FigureTables implements Figures {

    private static final int MINUTE = 1;
    private static final int HOUR = 60;
    private static final int DAY = 24 * HOUR;
    private static final long MILLIS_OF_A_MINUTE = Duration.ofMinutes(1).toMillis();

    /** The prefix of the names of requests; a report has the name of its sender. */
    private static final String REQUEST = "request:";

    /** All processes write in the same order, so that they do not deadlock. */
    private static final Comparator<Count> BY_KEY = Comparator.comparing(FigureTables::key);

    private final Connections connections;
    private final Dialect dialect;
    private final String self;
    private final Schema schema;
    private final String now;
    private final String update;
    private final String insert;
    private final String counts;
    private final String outdated;
    private final String rewrite;
    private final String write;
    private final String outdatedNotes;
    private final String reports;
    private final String requests;

    /**
     * @param self the id of this process among the senders
     * @param schema the schema, which knows whether the tables exist
     */
    FigureTables(Connections connections, Sql sql, String self, Schema schema) {
        this.connections = connections;
        this.dialect = sql.dialect;
        this.self = self;
        this.schema = schema;
        this.now = sql.text("SELECT {now}");
        this.update = sql.text("""
                UPDATE reftrail_count SET events = events + ?, amount = amount + ?
                WHERE minutes = ? AND started_at = ?
                AND stage = ? AND event = ? AND backend = ? AND reason = ? AND currency = ?""");
        this.insert = sql.text("""
                INSERT INTO reftrail_count
                (events, amount, minutes, started_at, stage, event, backend, reason, currency)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""") + dialect.onRepeatedKey();
        this.counts = sql.text("""
                SELECT period, stage, event, backend, reason, currency, SUM(events), SUM(amount) FROM
                (SELECT started_at - (started_at - ?) % ? AS period, stage, event, backend, reason, currency, events, amount
                FROM reftrail_count WHERE minutes = ? AND started_at >= ?) c
                GROUP BY period, stage, event, backend, reason, currency""");
        this.outdated = sql.text("DELETE FROM reftrail_count WHERE minutes = ? AND started_at < ?");
        this.rewrite = sql.text("UPDATE reftrail_note SET text = ?, written_at = {now} WHERE name = ?");
        this.write = sql.text("INSERT INTO reftrail_note (text, name, written_at) VALUES (?, ?, {now})")
                + dialect.onRepeatedKey();
        this.outdatedNotes = sql.text("""
                DELETE FROM reftrail_note
                WHERE written_at < {now} - ? AND name NOT IN (SELECT id FROM reftrail_sender)""");
        this.reports = sql.text("SELECT n.name, n.text FROM reftrail_note n JOIN reftrail_sender s ON s.id = n.name");
        this.requests = sql.text("""
                SELECT name, written_at FROM reftrail_note WHERE name LIKE '%s%%' AND written_at > {now} - ?""".formatted(REQUEST));
    }

    @Override
    public void require() {
        try {
            if (!schema.hasFigures()) {
                throw schema.figuresAreMissing();
            }
        } catch (SQLException failure) {
            throw Connections.failed("look for the tables of figures", failure);
        }
    }

    @Override
    public Instant now() {
        return connections.runReading("tell the time", connection -> Instant.ofEpochMilli(now(connection)));
    }

    private long now(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(now);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void add(List<Count> added) {
        List<Count> sorted = added.stream().sorted(BY_KEY).toList();
        connections.runInTransaction("store counts", connection -> {
            long time = now(connection);
            return add(connection, sorted, MINUTE, time, KEPT_BY_THE_MINUTE)
                    + add(connection, sorted, HOUR, time, KEPT_BY_THE_HOUR)
                    + add(connection, sorted, DAY, time, KEPT_BY_THE_DAY);
        });
    }

    private int add(Connection connection, List<Count> added, int minutes, long time, Duration kept)
            throws SQLException {
        long from = time - time % (minutes * MILLIS_OF_A_MINUTE);
        for (Count count : added) {
            if (change(connection, update, minutes, from, count) == 0 && !inserted(connection, minutes, from, count)) {
                change(connection, update, minutes, from, count);
            }
        }
        try (PreparedStatement delete = connection.prepareStatement(outdated)) {
            delete.setInt(1, minutes);
            delete.setLong(2, time - kept.toMillis());
            return delete.executeUpdate();
        }
    }

    /** Returns false if another process has inserted the row in the meantime. */
    private boolean inserted(Connection connection, int minutes, long from, Count count) throws SQLException {
        try {
            return change(connection, insert, minutes, from, count) > 0;
        } catch (SQLException failure) {
            if (dialect.isRepeatedKey(failure)) {
                return false;
            }
            throw failure;
        }
    }

    private static int change(Connection connection, String text, int minutes, long from, Count count)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            statement.setLong(1, count.events());
            statement.setLong(2, count.amount());
            statement.setInt(3, minutes);
            statement.setLong(4, from);
            int index = 4;
            for (String part : keyParts(count)) {
                statement.setString(++index, part);
            }
            return statement.executeUpdate();
        }
    }

    private static String key(Count count) {
        return String.join("\n", keyParts(count));
    }

    private static List<String> keyParts(Count count) {
        return Stream.of(
                        count.stage().name(),
                        count.event() == null ? null : count.event().name(),
                        count.backend(),
                        count.reason(),
                        count.currency())
                .map(part -> part == null ? "" : part)
                .toList();
    }

    @Override
    public List<Count> counts(Instant since, Duration length) {
        long whole = length.toMinutes();
        int minutes = whole < HOUR ? MINUTE : whole < DAY ? HOUR : DAY;
        return connections.runReading("add counts up", connection -> {
            try (PreparedStatement select = connection.prepareStatement(counts)) {
                select.setLong(1, since.toEpochMilli());
                select.setLong(2, length.toMillis());
                select.setInt(3, minutes);
                select.setLong(4, since.toEpochMilli());
                return read(select);
            }
        });
    }

    private static List<Count> read(PreparedStatement select) throws SQLException {
        List<Count> found = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                Optional<Stage> stage = constant(Stage.values(), row.getString(2));
                Optional<Event.Type> event = constant(Event.Type.values(), row.getString(3));
                boolean known = stage.isPresent()
                        && (event.isPresent() || row.getString(3).isEmpty());
                if (known) {
                    found.add(new Count(
                            Instant.ofEpochMilli(row.getLong(1)),
                            stage.get(),
                            event.orElse(null),
                            orNull(row.getString(4)),
                            row.getString(5),
                            orNull(row.getString(6)),
                            row.getLong(7),
                            row.getLong(8)));
                }
            }
        }
        return found;
    }

    /** Returns nothing for a constant that only a later release has. */
    private static <E extends Enum<E>> Optional<E> constant(E[] constants, String name) {
        return Stream.of(constants)
                .filter(constant -> constant.name().equals(name))
                .findFirst();
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    @Override
    public void report(String state) {
        connections.runInTransaction("store a report", connection -> {
            write(connection, self, state);
            try (PreparedStatement delete = connection.prepareStatement(outdatedNotes)) {
                delete.setLong(1, KEPT_BY_THE_MINUTE.toMillis());
                return delete.executeUpdate();
            }
        });
    }

    private int write(Connection connection, String name, String text) throws SQLException {
        int written = write(connection, rewrite, name, text);
        if (written > 0) {
            return written;
        }
        try {
            written = write(connection, write, name, text);
        } catch (SQLException failure) {
            if (!dialect.isRepeatedKey(failure)) {
                throw failure;
            }
        }
        return written > 0 ? written : write(connection, rewrite, name, text);
    }

    private static int write(Connection connection, String statement, String name, String text) throws SQLException {
        try (PreparedStatement change = connection.prepareStatement(statement)) {
            change.setString(1, text);
            change.setString(2, name);
            return change.executeUpdate();
        }
    }

    @Override
    public Map<String, String> reports() {
        return connections.runReading("read reports", connection -> {
            Map<String, String> found = new HashMap<>();
            try (PreparedStatement select = connection.prepareStatement(reports);
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.put(row.getString(1), row.getString(2));
                }
            }
            return found;
        });
    }

    @Override
    public String self() {
        return self;
    }

    @Override
    public void request(String name) {
        connections.runInTransaction("store a request", connection -> write(connection, REQUEST + name, ""));
    }

    @Override
    public Map<String, Instant> requests() {
        return connections.runReading("read requests", connection -> {
            Map<String, Instant> found = new HashMap<>();
            try (PreparedStatement select = connection.prepareStatement(requests)) {
                select.setLong(1, REQUEST_LIFE.toMillis());
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        String name = row.getString(1).substring(REQUEST.length());
                        found.put(name, Instant.ofEpochMilli(row.getLong(2)));
                    }
                }
            }
            return found;
        });
    }
}
