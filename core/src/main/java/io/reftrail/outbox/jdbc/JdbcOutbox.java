package io.reftrail.outbox.jdbc;

import io.reftrail.model.Event;
import io.reftrail.model.RedactedFailure;
import io.reftrail.outbox.Backlog;
import io.reftrail.outbox.Claim;
import io.reftrail.outbox.DeadEvent;
import io.reftrail.outbox.LedgerEntry;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.OutboxException;
import io.reftrail.outbox.Settled;
import io.reftrail.outbox.UnitOfWork;
import io.reftrail.outbox.internal.Fingerprint;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An outbox in a table: of the application's own PostgreSQL, MySQL 8 or MariaDB, where an event is committed and rolled
 * back with the caller's transaction and any number of processes share the work; or of an embedded file, for applications
 * without a database. What was enqueued survives the process. Due times and leases follow the database's clock. An event
 * that is settled loses its personal data at once and stays as a ledger entry.
 */
public final class JdbcOutbox implements Outbox {

    /** How long settled events stay in the ledger by default: 5 years. */
    public static final Duration DEFAULT_RETENTION = Duration.ofDays(5 * 365);

    /** How long dead events are kept for a replay by default: 90 days. */
    public static final Duration DEFAULT_DEAD_RETENTION = Duration.ofDays(90);

    /** Longer than any backend takes an event: what is older waits for one that is not configured any more. */
    static final Duration ABANDONED_AFTER = Duration.ofDays(100);

    /** Whoever follows a click has learnt from it by then, and a click that nobody follows can be made anew by its cookie. */
    static final Duration CLICK_RETENTION = ABANDONED_AFTER;

    /** So many events may wait for a backend before clicks are refused. Customers' events pass them; looking for those takes time. */
    static final int ROOM_FOR_CLICKS = 3_000;

    private static final Logger logger = LoggerFactory.getLogger(JdbcOutbox.class);

    private final Transactions transactions;
    private final UnitOfWork unitOfWork;
    private final JdbcOutboxBuilder settings;
    private final Statements sql;
    private final Fingerprint.Keyed fingerprints;
    private final EventInsert inserts;
    private final EventClaims claims;
    private final EventLedger ledger;
    private final CustomerTable customers;
    private final SenderTable senders;
    private final Crowds crowds = new Crowds(this::waitingUpToTheRoom, ROOM_FOR_CLICKS);
    private final AtomicLong leases = new AtomicLong();
    private volatile Runnable listener = () -> {};
    private volatile boolean closed;

    JdbcOutbox(
            JdbcOutboxBuilder settings, OutboxConnections connections, Statements sql, OutboxSchema.Identity identity) {
        this.transactions = new Transactions(connections, identity.url());
        this.unitOfWork = settings.unitOfWork();
        this.settings = settings;
        this.sql = sql;
        this.fingerprints = identity.fingerprints();
        EventCodec codec = new EventCodec();
        this.inserts = new EventInsert(sql, fingerprints, codec);
        this.claims = new EventClaims(sql, fingerprints, codec);
        this.ledger = new EventLedger(sql, codec);
        this.customers = new CustomerTable(sql.database, fingerprints);
        this.senders = new SenderTable(sql);
    }

    /**
     * Returns a builder of an outbox in the application's own database.
     *
     * @param dataSource gives connections of the outbox's own: not a proxy that gives those of the caller's transaction
     */
    public static JdbcOutboxBuilder on(DataSource dataSource) {
        return new JdbcOutboxBuilder(dataSource, null);
    }

    /**
     * Returns a builder of an outbox in an embedded database of its own.
     *
     * @param file where it lives; created with its directory if it is not there
     */
    public static JdbcOutboxBuilder embedded(Path file) {
        return new JdbcOutboxBuilder(null, file);
    }

    /**
     * Whether there can be an outbox in this database.
     *
     * @throws OutboxException if the database cannot be reached
     */
    public static boolean supports(DataSource dataSource) {
        return Database.behind(dataSource) != null;
    }

    /**
     * Whether this is a database that lives in the application's process, whose tables nobody minds to be created.
     *
     * @throws OutboxException if the database cannot be reached
     */
    public static boolean isEmbedded(DataSource dataSource) {
        Database database = Database.behind(dataSource);
        return database != null && database.isEmbedded();
    }

    @Override
    public Enqueued enqueue(Event event) {
        if (closed) {
            throw new OutboxException("the outbox is closed");
        }
        Connection callers = callers();
        boolean accepted = callers == null
                ? transactions.run("store an event", own -> inserts.insert(own, event))
                : joining(callers, event);
        if (!accepted) {
            return Enqueued.DUPLICATE;
        }
        if (callers == null) {
            announce();
        } else {
            unitOfWork.afterCommit(this::announce);
        }
        return Enqueued.ACCEPTED;
    }

    /**
     * Leaves the queue to customers where many events wait. How many do is looked at every few seconds, by the one thread that
     * brings clicks.
     */
    @Override
    public Enqueued offer(Event event) {
        if (crowds.isCrowded(event.backend())) {
            throw new OutboxException("more than " + ROOM_FOR_CLICKS + " events wait");
        }
        return enqueue(event);
    }

    private long waitingUpToTheRoom(String backend) {
        return transactions
                .run("count events", own -> ledger.number(own, sql.waitingUpTo, backend))
                .orElse(0);
    }

    /** The caller's connection, if it leads to this database. */
    private @Nullable Connection callers() {
        Connection callers = unitOfWork.connection();
        try {
            return callers == null || !transactions.isOwn(callers) ? null : callers;
        } catch (SQLException unknown) {
            throw Transactions.failed("tell its connection", unknown);
        }
    }

    private boolean joining(Connection callers, Event event) {
        try {
            return inserts.insertJoining(callers, event);
        } catch (SQLException failure) {
            throw Transactions.failed("store an event", failure);
        }
    }

    private void announce() {
        listener.run();
    }

    @Override
    public boolean joinsTransaction() {
        return callers() != null;
    }

    @Override
    public void onAvailable(Runnable listener) {
        this.listener = listener;
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public List<Claim> claim(String backend, int limit, Duration lease) {
        String token = senders.id() + ":" + leases.incrementAndGet();
        return transactions.run("lease events", own -> claims.claim(own, backend, limit, lease, token));
    }

    @Override
    public void settle(List<Settled> settled) {
        transactions.run("settle events", own -> claims.settle(own, settled));
        announce();
    }

    @Override
    public @Nullable Duration untilDue(String backend) {
        OptionalLong millis = transactions.run("look for events", own -> ledger.number(own, sql.untilDue, backend));
        return millis.isEmpty() ? null : Duration.ofMillis(Math.max(0, millis.getAsLong()));
    }

    @Override
    public Backlog backlog(String backend) {
        return transactions.run("count events", own -> ledger.backlog(own, backend));
    }

    @Override
    public List<DeadEvent> dead(int limit) {
        return transactions.run("list dead events", own -> ledger.dead(own, limit));
    }

    @Override
    public boolean replay(String id) {
        boolean replayed = change(id, sql.replay);
        if (replayed) {
            announce();
        }
        return replayed;
    }

    @Override
    public boolean discard(String id) {
        return change(id, sql.discard);
    }

    private boolean change(String id, String statement) {
        Fingerprint known;
        try {
            known = Fingerprint.parse(id);
        } catch (IllegalArgumentException unheardOf) {
            return false;
        }
        return transactions.run("change a dead event", own -> ledger.change(own, statement, known));
    }

    @Override
    public @Nullable LedgerEntry find(String deduplicationKey) {
        Fingerprint id = fingerprints.of(deduplicationKey);
        return joiningOrOwn("look an event up", connection -> ledger.find(connection, id))
                .orElse(null);
    }

    @Override
    public @Nullable Instant firstSignIn(String customerId) {
        return joiningOrOwn("look a customer up", connection -> customers.firstSignIn(connection, customerId))
                .orElse(null);
    }

    @Override
    public void recordFirstSignIns(Map<String, Instant> since) {
        if (!since.isEmpty()) {
            joiningOrOwn("remember customers", connection -> customers.recordFirstSignIns(connection, since));
        }
    }

    private <T> T joiningOrOwn(String what, OutboxConnections.Work<T> work) {
        Connection callers = callers();
        return callers == null ? transactions.run(what, work) : transactions.behindSavepoint(what, callers, work);
    }

    @Override
    public int forget(String customerId) {
        Fingerprint customer = fingerprints.of(customerId);
        int forgotten = transactions.run(
                "forget a customer", own -> ledger.forget(own, customer) + customers.forget(own, customerId));
        transactions.tidyUp();
        return forgotten;
    }

    @Override
    public int senders() {
        return transactions.run("announce a sender", senders::announce);
    }

    /** Removes some thousand events at most in one call, and gives up what waits for a backend that nobody sends to. */
    @Override
    public int purge() {
        int purged = purge(sql.waitingSince, sql::abandon, ABANDONED_AFTER)
                + purge(sql.clicksBefore, sql::delete, CLICK_RETENTION)
                + purge(sql.deadBefore, sql::bury, settings.deadRetention())
                + purge(sql.settledBefore, sql::delete, settings.retention());
        transactions.tidyUp();
        return purged;
    }

    private int purge(String older, IntFunction<String> statement, Duration retention) {
        return transactions.run("purge events", own -> ledger.purge(own, older, statement, retention));
    }

    /** Takes no more events. What waits stays for the next start, or for another process. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        listener = () -> {};
        try {
            transactions.run("take leave", senders::leave);
        } catch (OutboxException away) {
            logger.debug("The outbox could not take leave", RedactedFailure.of(away));
        }
        transactions.close();
    }

    /** The transactions that events are enqueued in. */
    public UnitOfWork unitOfWork() {
        return unitOfWork;
    }

    /** Where events wait, in words for an operator. */
    @Override
    public String toString() {
        return settings.place(sql.database);
    }
}
