package io.reftrail.outbox.jdbc;

import io.reftrail.model.Attribution;
import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.model.Money;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.model.Refund;
import io.reftrail.model.Sale;
import io.reftrail.model.SubscriptionChange;
import io.reftrail.outbox.CustomerEvent;
import io.reftrail.outbox.CustomerEvent.State;
import io.reftrail.outbox.Withheld;
import io.reftrail.outbox.internal.Fingerprint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of {@code reftrail_event} about one customer. The kind of a settled event was erased with its data; it follows from the
 * event's place in the order: a lead follows a click or nothing, a sale follows a lead, a refund follows a sale. Runs in the
 * transactions of its callers.
 */
final class CustomerHistory {

    /** The largest number of events of a customer that are read. */
    private static final int LIMIT = 200;

    private final Fingerprint.Keyed fingerprints;
    private final StoredEvents stored;
    private final String ofCustomer;
    private final String followed;

    CustomerHistory(Sql sql, Fingerprint.Keyed fingerprints, StoredEvents stored) {
        this.fingerprints = fingerprints;
        this.stored = stored;
        String select = """
                SELECT id, customer, follows, backend, attribution, payload, occurred_at, due_at, attempts, verdict, reason,
                settled_at FROM reftrail_event WHERE\s""";
        this.ofCustomer = sql.text(select + "customer = ? AND (due_at IS NULL OR due_at >= {held}) UNION ALL " + select
                + "customer = ? AND due_at < {held} LIMIT " + LIMIT);
        this.followed = sql.text(select + "customer IS NULL AND id IN ({ids})");
    }

    private record Row(
            Fingerprint id,
            boolean ofCustomer,
            @Nullable Fingerprint follows,
            String backend,
            String attribution,
            @Nullable String payload,
            Instant occurredAt,
            @Nullable Instant due,
            int attempts,
            @Nullable String verdict,
            @Nullable String reason,
            @Nullable Instant settledAt) {

        static Row of(ResultSet row) throws SQLException {
            return new Row(
                    Fingerprint.ofBytes(row.getBytes(1)),
                    row.getBytes(2) != null,
                    fingerprint(row.getBytes(3)),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6),
                    Instant.ofEpochMilli(row.getLong(7)),
                    time(row, 8),
                    row.getInt(9),
                    row.getString(10),
                    row.getString(11),
                    time(row, 12));
        }

        private static @Nullable Fingerprint fingerprint(byte @Nullable [] bytes) {
            return bytes == null ? null : Fingerprint.ofBytes(bytes);
        }

        private static @Nullable Instant time(ResultSet row, int column) throws SQLException {
            long millis = row.getLong(column);
            return row.wasNull() ? null : Instant.ofEpochMilli(millis);
        }

        private State withheldOr(State otherwise) {
            Withheld withheld = EventTable.withheld(verdict);
            return withheld == null ? otherwise : withheld == Withheld.HELD ? State.HELD : State.DECLINED;
        }

        State state() {
            if (due == null) {
                return "DISCARDED".equals(verdict) ? State.DISCARDED : withheldOr(State.SETTLED);
            }
            return due.toEpochMilli() == Sql.DEAD_AT ? State.DEAD : withheldOr(State.WAITING);
        }
    }

    /** @param leadEventNames the event names of leads by backend */
    List<CustomerEvent> find(Connection connection, String customerId, Map<String, String> leadEventNames)
            throws SQLException {
        Map<Fingerprint, Row> rows = new LinkedHashMap<>();
        byte[] customer = fingerprints.of(customerId).bytes();
        read(connection, ofCustomer, List.of(customer, customer), rows);
        List<byte[]> clicks = rows.values().stream()
                .map(Row::follows)
                .filter(Objects::nonNull)
                .filter(id -> !rows.containsKey(id))
                .distinct()
                .map(Fingerprint::bytes)
                .toList();
        if (!clicks.isEmpty()) {
            List<byte[]> filled = Sql.filled(clicks);
            read(connection, Sql.withIds(followed, filled.size()), filled, rows);
        }
        return rows.values().stream()
                .map(row -> event(row, rows, confirmation(row.backend(), customerId, leadEventNames)))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(CustomerEvent::occurredAt))
                .toList();
    }

    private static void read(Connection connection, String text, List<byte[]> ids, Map<Fingerprint, Row> rows)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(text)) {
            for (int index = 0; index < ids.size(); index++) {
                select.setBytes(index + 1, ids.get(index));
            }
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    Row row = Row.of(found);
                    rows.put(row.id(), row);
                }
            }
        }
    }

    private @Nullable Fingerprint confirmation(String backend, String customerId, Map<String, String> leadEventNames) {
        String name = leadEventNames.get(backend);
        return name == null
                ? null
                : fingerprints.of(Lead.confirmationKey(Lead.deduplicationKey(backend, name, customerId)));
    }

    /** Returns nothing for a row that only a later release can read. */
    private Optional<CustomerEvent> event(Row row, Map<Fingerprint, Row> rows, @Nullable Fingerprint confirmation) {
        try {
            Event event = row.payload() == null ? null : stored.event(row.backend(), row.attribution(), row.payload());
            boolean confirms =
                    event == null ? row.id().equals(confirmation) : event instanceof Lead lead && lead.confirms();
            boolean waits = row.state() == State.WAITING;
            Attribution attribution = stored.attribution(row.backend(), row.attribution());
            return Optional.of(new CustomerEvent(
                    row.backend(),
                    event == null ? type(row, attribution, rows, confirmation) : event.type(),
                    confirms,
                    attribution,
                    row.occurredAt(),
                    row.state(),
                    row.attempts(),
                    Stream.of(Verdict.values())
                            .filter(verdict -> verdict.name().equals(row.verdict()))
                            .findFirst()
                            .orElse(null),
                    row.reason(),
                    waits ? row.due() : row.settledAt(),
                    amount(event)));
        } catch (IllegalArgumentException ofALaterRelease) {
            return Optional.empty();
        }
    }

    private static @Nullable Money amount(@Nullable Event event) {
        if (event instanceof Sale sale) {
            return sale.payment().amount();
        }
        return event instanceof Refund refund ? refund.amount() : null;
    }

    /** A subscription change follows a lead or a sale, as other events do, so its attribution names its type. */
    private static Event.@Nullable Type type(
            Row row, Attribution attribution, Map<Fingerprint, Row> rows, @Nullable Fingerprint confirmation) {
        Event.Type change = SubscriptionChange.typeOf(attribution);
        return change == null ? typeByPlace(row, rows, confirmation) : change;
    }

    private static Event.@Nullable Type typeByPlace(
            Row row, Map<Fingerprint, Row> rows, @Nullable Fingerprint confirmation) {
        if (!row.ofCustomer()) {
            return Event.Type.CLICK;
        }
        if (row.follows() == null || row.id().equals(confirmation)) {
            return Event.Type.LEAD;
        }
        Row before = rows.get(row.follows());
        if (before == null) {
            return null;
        }
        Event.Type type = typeByPlace(before, rows, confirmation);
        if (type == null) {
            return null;
        }
        return switch (type) {
            case CLICK -> Event.Type.LEAD;
            case LEAD -> Event.Type.SALE;
            case SALE, REFUND -> Event.Type.REFUND;
            case TRIAL, CANCELLATION -> null;
        };
    }
}
