package io.reftrail.outbox.jdbc;

import io.reftrail.journey.Conversion;
import io.reftrail.journey.Correction;
import io.reftrail.journey.Journey;
import io.reftrail.journey.Touch;
import io.reftrail.model.Event;
import io.reftrail.model.RedactedFailure;
import io.reftrail.model.Referral;
import io.reftrail.outbox.Backlog;
import io.reftrail.outbox.Claim;
import io.reftrail.outbox.CustomerEvent;
import io.reftrail.outbox.DeadEvent;
import io.reftrail.outbox.Figures;
import io.reftrail.outbox.JourneyStore;
import io.reftrail.outbox.LedgerEntry;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.OutboxException;
import io.reftrail.outbox.PayerUpdate;
import io.reftrail.outbox.RecentSignUps;
import io.reftrail.outbox.ReferralStore;
import io.reftrail.outbox.Settled;
import io.reftrail.outbox.UnitOfWork;
import io.reftrail.outbox.Withheld;
import io.reftrail.outbox.WithheldEvent;
import io.reftrail.outbox.internal.Fingerprint;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An outbox in database tables, which survives the process. In the application's own PostgreSQL, MySQL or MariaDB, an event is
 * committed and rolled back with the caller's transaction, and any number of processes share the work. Applications without
 * such a database use an embedded SQLite file. Due times and leases follow the database's clock.
 *
 * <pre>{@code
 * JdbcOutbox outbox = JdbcOutbox.on(dataSource).unitOfWork(unitOfWork).open();
 * }</pre>
 */
public final class JdbcOutbox implements Outbox {

    /** The default prefix of the names of the tables. */
    public static final String DEFAULT_TABLE_PREFIX = "reftrail_";

    /** How long settled events stay in the ledger by default: 5 years. */
    public static final Duration DEFAULT_RETENTION = Duration.ofDays(5 * 365);

    /** How long dead events are kept for a replay by default: 90 days. */
    public static final Duration DEFAULT_DEAD_RETENTION = Duration.ofDays(90);

    /** How long the journey of a customer is kept after the sign-up by default: 2 years. */
    public static final Duration DEFAULT_JOURNEY_RETENTION = Duration.ofDays(2 * 365);

    /** How long a customer's referral is kept after the sign-up by default: 2 years. */
    public static final Duration DEFAULT_REFERRAL_RETENTION = Duration.ofDays(2 * 365);

    /** Longer than any backend accepts an event. An event that has been due for this long waits for a backend that was removed. */
    static final Duration ABANDONED_AFTER = Duration.ofDays(100);

    /**
     * How long settled clicks are kept. By then, the lead of a click has its click id. If a later lead needs the click, it is
     * created again from the cookie, and the vendor counts it once more.
     */
    static final Duration CLICK_RETENTION = ABANDONED_AFTER;

    /** The number of waiting events of a backend from which on clicks are refused, because a claim has to search behind them. */
    static final int CLICK_BACKLOG_LIMIT = 3_000;

    /** The attempts to change a payer, in case the database rolls the transaction back because of another one. */
    private static final int PAYER_ATTEMPTS = 5;

    private static final Logger logger = LoggerFactory.getLogger(JdbcOutbox.class);

    private final Connections connections;
    private final UnitOfWork unitOfWork;
    private final String place;
    private final @Nullable String url;
    private final Fingerprint.Keyed fingerprints;
    private final EventTable events;
    private final EventClaims claims;
    private final FirstSignInTable firstSignIns;
    private final CustomerHistory history;
    private final SenderTable senders;
    private final FigureTables figures;
    private final PayerTable payers;
    private final Schema schema;
    private final Duration retention;

    /** The connection of this thread's change of a payer, which is a transaction of the outbox's own. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<Connection> payerTransaction = new ThreadLocal<>();

    private final StoredRows storedRows;
    private final JourneyTables journeyTables;
    private final @Nullable JourneyStore journeys;
    private final Duration journeyRetention;
    private final ReferralTables referralTables;
    private final @Nullable ReferralStore referrals;
    private final Duration referralRetention;
    private final RecentSignUpTable signUps;
    private final boolean keepsSignUps;
    private final List<RetentionRule> retentionRules;
    private final BacklogLimit clickLimit = new BacklogLimit(this::countWaiting, CLICK_BACKLOG_LIMIT, System::nanoTime);
    private final AtomicLong leases = new AtomicLong();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /** @param url the address of the database, if its driver reports it */
    JdbcOutbox(
            JdbcOutboxBuilder settings,
            Connections connections,
            Sql sql,
            Schema schema,
            Fingerprint.Keyed fingerprints,
            @Nullable String url)
            throws SQLException {
        this.connections = connections;
        this.unitOfWork = settings.unitOfWork();
        this.place = settings.place(sql.dialect);
        this.url = url;
        this.fingerprints = fingerprints;
        StoredEvents stored = new StoredEvents();
        this.events = new EventTable(sql, fingerprints, stored);
        this.claims = new EventClaims(sql, fingerprints, stored);
        this.firstSignIns = new FirstSignInTable(sql, fingerprints);
        this.history = new CustomerHistory(sql, fingerprints, stored);
        this.senders = new SenderTable(sql);
        this.figures = new FigureTables(connections, sql, senders.id(), schema);
        this.payers = new PayerTable(sql, fingerprints);
        this.schema = schema;
        this.retention = settings.retention();
        this.storedRows = new StoredRows(sql, fingerprints);
        this.journeyTables = new JourneyTables(sql);
        this.journeys = schema.hasJourneys() ? new JoiningJourneys() : null;
        this.journeyRetention = settings.journeyRetention();
        this.referralTables = new ReferralTables(sql);
        this.referrals = schema.hasReferrals() ? new JoiningReferrals() : null;
        this.referralRetention = settings.referralRetention();
        this.signUps = new RecentSignUpTable(sql);
        this.keepsSignUps = schema.hasRecentSignUps();
        this.retentionRules = RetentionRule.all(sql, settings.retention(), settings.deadRetention());
    }

    /**
     * Returns a builder of an outbox in the application's own database.
     *
     * @param dataSource the source of the outbox's own connections: not a proxy that returns the connection of the caller's
     *     transaction, and not one that chooses the database by the calling thread
     */
    public static JdbcOutboxBuilder on(DataSource dataSource) {
        return new JdbcOutboxBuilder(dataSource, null);
    }

    /**
     * Returns a builder of an outbox in an embedded database.
     *
     * @param file the file of the database, which is created with its directory if it does not exist
     */
    public static JdbcOutboxBuilder embedded(Path file) {
        return new JdbcOutboxBuilder(null, file);
    }

    /**
     * Returns whether an outbox supports this database.
     *
     * @throws OutboxException if the database cannot be reached
     */
    public static boolean supports(DataSource dataSource) {
        return Dialect.of(dataSource) != null;
    }

    /**
     * Returns whether this database runs in the application's process, so that creating tables in it needs no permission.
     *
     * @throws OutboxException if the database cannot be reached
     */
    public static boolean isEmbedded(DataSource dataSource) {
        Dialect dialect = Dialect.of(dataSource);
        return dialect != null && dialect.isEmbedded();
    }

    @Override
    public Enqueued enqueue(Event event) {
        return store(event, null);
    }

    @Override
    public Enqueued withhold(Event event, Withheld state, String reason) {
        return store(event, new EventTable.Withholding(state, reason));
    }

    private Enqueued store(Event event, EventTable.@Nullable Withholding withholding) {
        if (closed) {
            throw new OutboxException("the outbox is closed");
        }
        Connection callers = callersConnection();
        boolean accepted = callers == null
                ? connections.runInOneStatement(
                        "store an event", connection -> events.insert(connection, event, withholding))
                : insertInto(callers, event, withholding);
        if (!accepted) {
            return Enqueued.DUPLICATE;
        }
        if (callers == null) {
            announce();
        } else if (!isPayerTransaction(callers)) {
            unitOfWork.afterCommit(this::announce);
        }
        return Enqueued.ACCEPTED;
    }

    /** Refuses the event while {@value #CLICK_BACKLOG_LIMIT} or more events wait for its backend, counted every few seconds. */
    @Override
    public Enqueued offer(Event event) {
        if (clickLimit.isReached(event.backend())) {
            throw new OutboxException(CLICK_BACKLOG_LIMIT + " or more events wait");
        }
        return enqueue(event);
    }

    private long countWaiting(String backend) {
        return connections.runReading("count events", connection -> events.waitingUpToClickLimit(connection, backend));
    }

    /** Returns the connection of the caller's transaction, if it leads to this database, or of a change of a payer. */
    private @Nullable Connection callersConnection() {
        Connection ofPayer = payerTransaction.get();
        if (ofPayer != null) {
            return ofPayer;
        }
        Connection callers = unitOfWork.connection();
        try {
            boolean isToThisDatabase =
                    callers != null && Objects.equals(url, callers.getMetaData().getURL());
            return isToThisDatabase ? callers : null;
        } catch (SQLException unknown) {
            throw Connections.failed("identify its connection", unknown);
        }
    }

    private boolean isPayerTransaction(Connection connection) {
        return connection == payerTransaction.get();
    }

    private boolean insertInto(Connection callers, Event event, EventTable.@Nullable Withholding withholding) {
        try {
            return isPayerTransaction(callers)
                    ? events.insert(callers, event, withholding)
                    : events.insertJoining(callers, event, withholding);
        } catch (SQLException failure) {
            throw Connections.failed("store an event", failure);
        }
    }

    private void announce() {
        listeners.forEach(Runnable::run);
    }

    @Override
    public boolean joinsTransaction() {
        return callersConnection() != null;
    }

    @Override
    public UnitOfWork unitOfWork() {
        return unitOfWork;
    }

    @Override
    public void onAvailable(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public List<Claim> claim(String backend, int limit, Duration lease) {
        String token = senders.id() + ":" + leases.incrementAndGet();
        return connections.runInTransaction(
                "lease events", connection -> claims.claim(connection, backend, limit, lease, token));
    }

    @Override
    public void settle(List<Settled> settled) {
        List<Settled> friends = referrals == null ? List.of() : ReferralStore.recorded(settled);
        connections.runInTransaction("settle events", connection -> {
            for (Settled friend : friends) {
                if (claims.holdsLease(connection, friend.claim())) {
                    referralTables.record(connection, friend.claim().event());
                }
            }
            return claims.settle(connection, settled);
        });
        announce();
    }

    @Override
    public Map<String, Duration> untilDue(Collection<String> backends) {
        return connections.runReading(
                "look for events", connection -> events.untilDue(connection, List.copyOf(backends)));
    }

    @Override
    public Backlog backlog(String backend) {
        return connections.runReading("count events", connection -> events.backlog(connection, backend));
    }

    @Override
    public List<DeadEvent> dead(int limit) {
        return connections.runReading("list dead events", connection -> events.dead(connection, limit));
    }

    @Override
    public boolean replay(String id) {
        return changesDue(
                id,
                event -> connections.runInOneStatement(
                        "replay a dead event", connection -> events.replay(connection, event)));
    }

    @Override
    public boolean discard(String id) {
        Fingerprint event = parse(id);
        return event != null
                && connections.runInOneStatement(
                        "discard a dead event", connection -> events.discard(connection, event));
    }

    @Override
    public List<WithheldEvent> withheld(String backend, int limit) {
        return connections.runReading(
                "list withheld events", connection -> events.withheld(connection, backend, limit));
    }

    @Override
    public boolean release(String id) {
        return changesDue(
                id,
                event -> connections.runInTransaction(
                        "release a withheld event", connection -> events.release(connection, event)));
    }

    /** The events that waited for this one can then be claimed, so that they are declined. */
    @Override
    public boolean discardWithheld(String id) {
        return changesDue(
                id,
                event -> connections.runInOneStatement(
                        "discard a withheld event", connection -> events.decline(connection, event)));
    }

    /** Makes a change after which events are due, and returns whether it was made. */
    private boolean changesDue(String id, Predicate<Fingerprint> change) {
        Fingerprint event = parse(id);
        boolean changed = event != null && change.test(event);
        if (changed) {
            announce();
        }
        return changed;
    }

    private static @Nullable Fingerprint parse(String id) {
        try {
            return Fingerprint.parse(id);
        } catch (IllegalArgumentException unknown) {
            return null;
        }
    }

    @Override
    public @Nullable LedgerEntry find(String deduplicationKey) {
        Fingerprint id = fingerprints.of(deduplicationKey);
        return joiningOrReading("look an event up", connection -> events.find(connection, id))
                .orElse(null);
    }

    @Override
    public @Nullable Instant firstSignIn(String customerId) {
        return joiningOrReading("look a customer up", connection -> firstSignIns.find(connection, customerId))
                .orElse(null);
    }

    private <T> T joiningOrReading(String what, Connections.Work<T> work) {
        Connection callers = callersConnection();
        return callers == null ? connections.runReading(what, work) : inCallersTransaction(what, callers, work);
    }

    /** A change of a payer that fails is undone as a whole and needs no savepoint. */
    private <T> T inCallersTransaction(String what, Connection callers, Connections.Work<T> work) {
        if (!isPayerTransaction(callers)) {
            return Connections.behindSavepoint(what, callers, work);
        }
        try {
            return work.with(callers);
        } catch (SQLException failure) {
            throw Connections.failed(what, failure);
        }
    }

    @Override
    public void recordFirstSignIns(Map<String, Instant> signIns) {
        if (!signIns.isEmpty()) {
            Connections.Work<Integer> work = connection -> firstSignIns.record(connection, signIns);
            Connection callers = callersConnection();
            if (callers == null && signIns.size() == 1) {
                connections.runInOneStatement("record a sign-in", work);
            } else if (callers == null) {
                connections.runInTransaction("record sign-ins", work);
            } else {
                inCallersTransaction("record sign-ins", callers, work);
            }
        }
    }

    /** Tries again if the database has rolled back the outbox's own transaction because of another one. */
    @Override
    public void updatePayer(Set<String> keys, PayerUpdate update) {
        if (closed) {
            throw new OutboxException("the outbox is closed");
        }
        Connection callers = callersConnection();
        if (callers != null) {
            inCallersTransaction("change a payer", callers, joined -> payers.update(joined, keys, update));
            return;
        }
        for (int attempt = 1; ; attempt++) {
            try {
                connections.inTransaction(connection -> updatePayerIn(connection, keys, update));
                break;
            } catch (SQLException failure) {
                if (attempt == PAYER_ATTEMPTS || !isUndone(failure)) {
                    throw Connections.failed("change a payer", failure);
                }
            }
        }
        announce();
    }

    private int updatePayerIn(Connection connection, Set<String> keys, PayerUpdate update) throws SQLException {
        payerTransaction.set(connection);
        try {
            return payers.update(connection, keys, update);
        } finally {
            payerTransaction.remove();
        }
    }

    private static boolean isUndone(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && state.startsWith("40");
    }

    @Override
    public void requirePayers() {
        try {
            if (!schema.hasPayers()) {
                throw schema.payersAreMissing();
            }
        } catch (SQLException failure) {
            throw Connections.failed("look for the table of payers", failure);
        }
    }

    @Override
    public String fingerprint(String text) {
        return fingerprints.of(text).toString();
    }

    @Override
    public Map<String, List<Map<String, @Nullable Object>>> stored(String customerId) {
        boolean hasPayers = keepsPayers();
        return connections.runReading(
                "read what is stored about a customer",
                connection -> storedRows.find(
                        connection, customerId, hasPayers, journeys != null, referrals != null, keepsSignUps));
    }

    /**
     * Finds the events outside of the transactions that erase them, and erases a bounded number in each, so that other
     * transactions do not wait long.
     */
    @Override
    public int forget(String customerId) {
        Fingerprint customer = fingerprints.of(customerId);
        int erased = 0;
        int piece;
        do {
            List<EventTable.Followed> found =
                    connections.runReading("forget a customer", connection -> events.ofCustomer(connection, customer));
            piece = connections.runInTransaction(
                    "forget a customer", connection -> events.forget(connection, customer, found));
            erased += piece;
        } while (piece > 0);
        erased += connections.runInOneStatement(
                "forget a customer", connection -> firstSignIns.forget(connection, customerId));
        if (keepsSignUps) {
            erased += connections.runInOneStatement(
                    "forget a customer", connection -> signUps.forget(connection, customer));
        }
        if (keepsPayers()) {
            erased += connections.runInTransaction(
                    "forget a customer", connection -> payers.forget(connection, customerId));
        }
        if (journeys != null) {
            erased += connections.runInTransaction(
                    "forget a customer", connection -> journeyTables.forget(connection, customerId));
        }
        if (referrals != null) {
            erased += connections.runInTransaction(
                    "forget a customer", connection -> referralTables.forget(connection, customerId));
        }
        tidyUp();
        return erased;
    }

    @Override
    public List<CustomerEvent> history(String customerId, Map<String, String> leadEventNames) {
        return connections.runReading(
                "look a customer up", connection -> history.find(connection, customerId, leadEventNames));
    }

    @Override
    public Figures figures() {
        return figures;
    }

    @Override
    public int senders() {
        return connections.runInTransaction("announce a sender", senders::heartbeat);
    }

    @Override
    public @Nullable JourneyStore journeys() {
        return journeys;
    }

    /** The journeys, in the caller's transaction or one of their own. */
    private final class JoiningJourneys implements JourneyStore {

        @Override
        public boolean open(String customerId, List<Touch> touches, Conversion signUp) {
            return joiningOrWriting(
                    "store a journey", connection -> journeyTables.open(connection, customerId, touches, signUp));
        }

        @Override
        public boolean add(String customerId, Conversion conversion) {
            return joiningOrWriting(
                    "store a conversion", connection -> journeyTables.add(connection, customerId, conversion));
        }

        @Override
        public @Nullable Journey find(String customerId) {
            return joiningOrReading(
                            "look a journey up",
                            connection -> Optional.ofNullable(journeyTables.find(connection, customerId)))
                    .orElse(null);
        }

        @Override
        public void correct(String customerId, Correction correction, @Nullable Touch touch) {
            joiningOrWriting(
                    "correct a journey",
                    connection -> journeyTables.correct(connection, customerId, correction, touch));
        }
    }

    private <T> T joiningOrWriting(String what, Connections.Work<T> work) {
        if (closed) {
            throw new OutboxException("the outbox is closed");
        }
        Connection callers = callersConnection();
        return callers == null ? connections.runInTransaction(what, work) : inCallersTransaction(what, callers, work);
    }

    @Override
    public RecentSignUps recentSignUps() {
        if (!keepsSignUps) {
            throw schema.recentSignUpsAreMissing();
        }
        return (network, customer, period) -> joiningOrWriting(
                "count a sign-up",
                connection -> signUps.add(connection, Fingerprint.parse(network), Fingerprint.parse(customer), period));
    }

    @Override
    public @Nullable ReferralStore referrals() {
        return referrals;
    }

    /** The referrals, in the caller's transaction or one of their own. Claims of rewards are always their own. */
    private final class JoiningReferrals implements ReferralStore {

        @Override
        public String code(String customerId, Supplier<String> random) {
            return joiningOrWriting(
                    "store a customer's code",
                    connection -> referralTables.code(connection, customerId, random, Instant.now()));
        }

        @Override
        public @Nullable String referrer(String code) {
            return joiningOrReading(
                            "look a code up",
                            connection -> Optional.ofNullable(referralTables.referrer(connection, code)))
                    .orElse(null);
        }

        @Override
        public @Nullable Referral find(String customerId) {
            return joiningOrReading(
                            "look a referral up",
                            connection -> Optional.ofNullable(referralTables.find(connection, customerId)))
                    .orElse(null);
        }

        @Override
        public List<Referral> referralsBy(String referrerId, int limit) {
            return joiningOrReading(
                    "look referrals up", connection -> referralTables.referralsBy(connection, referrerId, limit));
        }

        @Override
        public List<Referral> claimRewards(
                Instant paidUntil, Instant now, Instant leaseUntil, String lease, int limit) {
            return connections.runInTransaction(
                    "claim rewards",
                    connection -> referralTables.claim(connection, paidUntil, now, leaseUntil, lease, limit));
        }

        @Override
        public boolean reward(String customerId, String lease, Instant at, boolean given) {
            return joiningOrWriting(
                    "store a reward", connection -> referralTables.reward(connection, customerId, lease, at, given));
        }

        @Override
        public void release(String customerId, String lease, Instant retryAt) {
            connections.runInTransaction(
                    "release a reward", connection -> referralTables.release(connection, customerId, lease, retryAt));
        }
    }

    /** Removes at most some hundred events of each kind in one call. Events that have been due for 100 days become dead. */
    @Override
    public int purge() {
        int purged = 0;
        for (RetentionRule rule : retentionRules) {
            List<byte[]> older = connections.runReading("purge events", rule::older);
            if (!older.isEmpty()) {
                purged += connections.runInTransaction("purge events", connection -> rule.apply(connection, older));
            }
        }
        if (keepsSignUps) {
            purged += connections.runInOneStatement(
                    "purge sign-ups", connection -> signUps.purge(connection, RecentSignUps.LONGEST_PERIOD));
        }
        if (keepsPayers()) {
            purged += connections.runInTransaction("purge payers", connection -> payers.purge(connection, retention));
        }
        if (journeys != null) {
            Instant before = Instant.now().minus(journeyRetention);
            purged += connections.runInTransaction(
                    "purge journeys", connection -> journeyTables.purge(connection, before));
        }
        if (referrals != null) {
            Instant before = Instant.now().minus(referralRetention);
            purged += connections.runInTransaction(
                    "purge referrals", connection -> referralTables.purge(connection, before));
        }
        tidyUp();
        return purged;
    }

    private boolean keepsPayers() {
        try {
            return schema.hasPayers();
        } catch (SQLException failure) {
            throw Connections.failed("look for the table of payers", failure);
        }
    }

    private void tidyUp() {
        try {
            connections.tidyUp();
        } catch (SQLException failure) {
            throw Connections.failed("tidy up", failure);
        }
    }

    /** Accepts no more events. Waiting events stay for the next start, or for another process. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        listeners.clear();
        try {
            connections.runInOneStatement("remove a sender", senders::remove);
        } catch (OutboxException away) {
            logger.debug("The outbox could not remove this process from its senders", RedactedFailure.of(away));
        }
        connections.close();
    }

    /** Returns the place of the tables, for operators. */
    @Override
    public String toString() {
        return place;
    }

    /** The backends for which too many events wait. The events are counted only every few seconds. */
    static final class BacklogLimit {

        private static final long NANOS_BETWEEN_COUNTS = Duration.ofSeconds(5).toNanos();

        private final ToLongFunction<String> count;
        private final long limit;
        private final LongSupplier nanoTime;
        private final Map<String, Counted> latest = new ConcurrentHashMap<>();

        private record Counted(boolean reached, long at) {}

        BacklogLimit(ToLongFunction<String> count, long limit, LongSupplier nanoTime) {
            this.count = count;
            this.limit = limit;
            this.nanoTime = nanoTime;
        }

        boolean isReached(String backend) {
            long now = nanoTime.getAsLong();
            Counted counted = latest.get(backend);
            if (counted == null || now - counted.at() > NANOS_BETWEEN_COUNTS) {
                counted = new Counted(count.applyAsLong(backend) >= limit, now);
                latest.put(backend, counted);
            }
            return counted.reached();
        }
    }
}
