package io.reftrail.outbox.jdbc;

import java.util.Collections;

/**
 * The SQL of a {@link JdbcOutbox} for one database. All times are milliseconds since 1970 by the database's clock, so
 * that neither time zones nor the clocks of nodes matter. {@code due_at} says how an event stands: when it may be claimed,
 * or when its lease ends; {@link #DEAD_AT} if it was given up; null once it is settled.
 */
final class Statements {

    /** The due time of dead events: the end of the year 9999. */
    static final long DEAD_AT = 253_402_300_799_999L;

    /** How many events of customers are looked at, to send them and what they follow before other clicks. */
    static final int CUSTOMERS_AHEAD = 128;

    final Database database;
    final String now;
    final String insert;
    final String insertJoining;
    final String select;
    final String selectAndLease;
    final String customersDue;
    final String untilDue;
    final String waiting;
    final String waitingUpTo;
    final String countDead;
    final String dead;
    final String replay;
    final String discard;
    final String find;
    final String ofCustomer;
    final String settledBefore;
    final String clicksBefore;
    final String deadBefore;
    final String waitingSince;
    private final String dueAndReady;

    Statements(Database database) {
        this(database, database.now);
    }

    /** @param now the expression for the time, for tests that hold the clock */
    Statements(Database database, String now) {
        this.database = database;
        this.now = now;
        this.insert = database.insert
                + " INTO reftrail_event (id, backend, customer, follows, attribution, payload, occurred_at,"
                + " enqueued_at, due_at) VALUES (?, ?, ?, ?, ?, ?, ?, " + now + ", " + now + ")"
                + database.onConflict;
        this.insertJoining = database == Database.POSTGRESQL
                ? "SAVEPOINT reftrail; " + insert + "; RELEASE SAVEPOINT reftrail"
                : insert;
        this.dueAndReady = " FROM reftrail_event e WHERE e.backend = ? AND e.due_at <= " + now
                + " AND (e.follows IS NULL OR NOT EXISTS"
                + " (SELECT 1 FROM reftrail_event p WHERE p.id = e.follows AND p.due_at < " + DEAD_AT + "))";
        String due = dueAndReady + oldestFirst();
        this.select = claimed() + due;
        this.customersDue = "SELECT id, follows FROM reftrail_event WHERE backend = ? AND due_at <= " + now
                + " AND customer IS NOT NULL ORDER BY due_at LIMIT " + CUSTOMERS_AHEAD;
        this.selectAndLease = "SET LOCAL synchronous_commit TO OFF; WITH due AS (SELECT e.id, e.due_at" + due + "),"
                + " leased AS (UPDATE reftrail_event e SET lease = ?, due_at = " + now
                + " + ? FROM due WHERE e.id = due.id RETURNING e.id, e.backend, e.attribution, e.payload, e.attempts, "
                + now + " - e.enqueued_at AS age, due.due_at AS was_due) SELECT * FROM leased ORDER BY was_due";
        this.untilDue =
                "SELECT MIN(due_at) - " + now + " FROM reftrail_event WHERE backend = ? AND due_at < " + DEAD_AT;
        this.waiting = "SELECT COUNT(*), " + now + " - MIN(enqueued_at) FROM reftrail_event"
                + " WHERE backend = ? AND due_at < " + DEAD_AT;
        this.waitingUpTo = "SELECT COUNT(*) FROM (SELECT id FROM reftrail_event WHERE backend = ? AND due_at < "
                + DEAD_AT + " LIMIT " + JdbcOutbox.ROOM_FOR_CLICKS + ") w";
        this.countDead = "SELECT COUNT(*) FROM reftrail_event WHERE backend = ? AND due_at = " + DEAD_AT;
        this.dead = "SELECT id, backend, occurred_at, attempts, reason FROM reftrail_event WHERE due_at = " + DEAD_AT
                + " ORDER BY settled_at LIMIT ?";
        this.replay = "UPDATE reftrail_event SET due_at = " + now + ", enqueued_at = " + now
                + ", attempts = 0, verdict = NULL, reason = NULL, settled_at = NULL, lease = NULL"
                + " WHERE id = ? AND due_at = " + DEAD_AT;
        this.discard = "UPDATE reftrail_event SET due_at = NULL, payload = NULL, verdict = 'DISCARDED'"
                + " WHERE id = ? AND due_at = " + DEAD_AT;
        this.find = "SELECT backend, attribution, occurred_at, verdict, reason FROM reftrail_event WHERE id = ?";
        this.ofCustomer = "SELECT id FROM reftrail_event WHERE customer = ?"
                + " UNION SELECT f.follows FROM reftrail_event f WHERE f.customer = ? AND f.follows IS NOT NULL AND NOT EXISTS"
                + " (SELECT 1 FROM reftrail_event o WHERE o.follows = f.follows AND o.customer <> f.customer)";
        this.settledBefore =
                "SELECT id FROM reftrail_event WHERE due_at IS NULL AND settled_at < " + now + " - ? LIMIT ?";
        this.clicksBefore = "SELECT id FROM reftrail_event WHERE due_at IS NULL AND customer IS NULL AND settled_at < "
                + now + " - ? LIMIT ?";
        this.deadBefore =
                "SELECT id FROM reftrail_event WHERE due_at = " + DEAD_AT + " AND settled_at < " + now + " - ? LIMIT ?";
        this.waitingSince =
                "SELECT id FROM reftrail_event WHERE due_at < " + now + " AND enqueued_at < " + now + " - ? LIMIT ?";
    }

    private String claimed() {
        return "SELECT e.id, e.backend, e.attribution, e.payload, e.attempts, " + now + " - e.enqueued_at";
    }

    private String oldestFirst() {
        return " ORDER BY e.due_at LIMIT ?" + database.lockRows;
    }

    /** Selects those of some events that can be claimed. Parameters: the backend, the ids, how many at most. */
    String selectOf(int ids) {
        return claimed() + dueAndReady + " AND e.id IN (" + marks(ids) + ")" + oldestFirst();
    }

    /** Leases events that were selected. Parameters: the lease, the time in milliseconds, the ids. */
    String lease(int ids) {
        return "UPDATE reftrail_event SET lease = ?, due_at = " + now + " + ? WHERE id IN (" + marks(ids) + ")";
    }

    /** Ends leases with a final answer. Parameters: verdict, reason, the lease, the ids. */
    String done(int ids) {
        return settle("payload = NULL, due_at = NULL, verdict = ?, reason = ?, settled_at = " + now, ids);
    }

    /** As {@link #done}, with what the backend has said about the click. Parameters: the attribution before the others. */
    String doneSaying(int ids) {
        return settle(
                "attribution = ?, payload = NULL, due_at = NULL, verdict = ?, reason = ?, settled_at = " + now, ids);
    }

    /** Finds what is followed. Parameters: the ids. */
    String predecessors(int ids) {
        return "SELECT id, backend, attribution, occurred_at, verdict, reason FROM reftrail_event WHERE id IN ("
                + marks(ids) + ")";
    }

    /** Gives events up. Parameters: reason, the lease, the ids. */
    String die(int ids) {
        return settle("due_at = " + DEAD_AT + ", verdict = 'DEAD', reason = ?, settled_at = " + now, ids);
    }

    /** Makes events due again, an attempt spent. Parameters: reason, the delay in milliseconds, the lease, the ids. */
    String retry(int ids) {
        return settle("attempts = attempts + 1, reason = ?, due_at = " + now + " + ?", ids);
    }

    /** Makes events due again. Parameters: the delay in milliseconds, the lease, the ids. */
    String postpone(int ids) {
        return settle("due_at = " + now + " + ?", ids);
    }

    /** Erases rows. Parameters: the ids. */
    String delete(int ids) {
        return "DELETE FROM reftrail_event WHERE id IN (" + marks(ids) + ")";
    }

    /** Erases what dead events hold of a person. Parameters: the ids. */
    String bury(int ids) {
        return "UPDATE reftrail_event SET due_at = NULL, payload = NULL WHERE due_at = " + DEAD_AT + " AND id IN ("
                + marks(ids) + ")";
    }

    /** Gives up what nobody has claimed. Parameters: the ids. */
    String abandon(int ids) {
        return "UPDATE reftrail_event SET due_at = " + DEAD_AT + ", verdict = 'DEAD', reason = 'nobody has sent it',"
                + " lease = NULL, settled_at = " + now + " WHERE due_at < " + now + " AND id IN (" + marks(ids) + ")";
    }

    private static String settle(String assignments, int ids) {
        return "UPDATE reftrail_event SET " + assignments + ", lease = NULL WHERE lease = ? AND id IN (" + marks(ids)
                + ")";
    }

    static String marks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }
}
