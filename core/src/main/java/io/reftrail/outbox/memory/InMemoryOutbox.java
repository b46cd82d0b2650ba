package io.reftrail.outbox.memory;

import io.reftrail.journey.Journey;
import io.reftrail.model.Event;
import io.reftrail.model.InvalidSettingException;
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
import io.reftrail.outbox.ReferralStore;
import io.reftrail.outbox.Settled;
import io.reftrail.outbox.Settlement;
import io.reftrail.outbox.UnitOfWork;
import io.reftrail.outbox.Withheld;
import io.reftrail.outbox.WithheldEvent;
import io.reftrail.outbox.internal.Fingerprint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * An outbox in memory, for tests and for applications that may lose waiting events at a crash. It refuses new events when it is
 * full, rather than dropping accepted ones, and keeps the last {@value #REMEMBERED} settled events as its ledger.
 */
public final class InMemoryOutbox implements Outbox {

    /** The default number of events that may wait, including dead and withheld ones. */
    public static final int DEFAULT_CAPACITY = 10_000;

    /**
     * The number of settled events, settled clicks, first sign-ins, keys of payers, journeys and referrals that are kept of each.
     * The oldest are dropped first.
     */
    static final int REMEMBERED = 100_000;

    /** The number of declined events that can be released. It is limited, because a flood of sign-ups may be declined. */
    private static final int MOST_DECLINED = 1_000;

    private final int capacity;
    private final Clock clock;
    private final Figures figures;
    private final Fingerprint.Keyed fingerprints = new Fingerprint.Keyed(Fingerprint.Keyed.randomKey());
    private final RetainedEvents events = new RetainedEvents(REMEMBERED);
    private final Map<Fingerprint, Instant> firstSignIns = new RetainedEvents.Latest<>(REMEMBERED);
    private final RetainedJourneys journeys = new RetainedJourneys(REMEMBERED);
    private final RetainedReferrals referrals = new RetainedReferrals(REMEMBERED);
    private final Map<String, EventQueue> queues = new HashMap<>();
    private final Map<String, WaitingEvent> dead = new LinkedHashMap<>();
    private final Map<String, WaitingEvent> withheld = new LinkedHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** The payer of each key. Locked before the outbox itself, while a payer changes. */
    private final Map<Fingerprint, KnownPayer> payers = new RetainedEvents.Latest<>(REMEMBERED);

    private long lastId;
    private int size;
    private boolean closed;

    /** Creates an outbox with room for {@value #DEFAULT_CAPACITY} events. */
    public InMemoryOutbox() {
        this(DEFAULT_CAPACITY, Clock.systemUTC());
    }

    /**
     * Creates an outbox of the given size.
     *
     * @param capacity the number of events that may wait, including dead and withheld ones
     * @param clock the clock of due times and leases
     * @throws InvalidSettingException if the capacity is not positive
     */
    public InMemoryOutbox(int capacity, Clock clock) {
        if (capacity < 1) {
            throw new InvalidSettingException(
                    "outbox.capacity", "an outbox of " + capacity + " holds no event", "Write a positive number.");
        }
        this.capacity = capacity;
        this.clock = clock;
        this.figures = new MemoryFigures(clock);
    }

    @Override
    public Enqueued enqueue(Event event) {
        return enqueue(event, capacity);
    }

    /** Declines the oldest declined event for good when there are more than {@value #MOST_DECLINED}. */
    @Override
    public synchronized Enqueued withhold(Event event, Withheld state, String reason) {
        WaitingEvent waiting = accepted(event, capacity);
        if (waiting == null) {
            return Enqueued.DUPLICATE;
        }
        withheld.put(waiting.id, waiting.withhold(state, reason));
        List<WaitingEvent> declined = withheld.values().stream()
                .filter(one -> one.withheld() == Withheld.DECLINED)
                .toList();
        if (declined.size() > MOST_DECLINED) {
            discardWithheld(declined.get(0).id);
        }
        return Enqueued.ACCEPTED;
    }

    @Override
    public synchronized List<WithheldEvent> withheld(String backend, int limit) {
        return withheld.values().stream()
                .filter(event -> event.event.backend().equals(backend))
                .map(WaitingEvent::toWithheldEvent)
                .sorted(Comparator.comparing(WithheldEvent::state))
                .limit(limit)
                .toList();
    }

    @Override
    public boolean release(String id) {
        synchronized (this) {
            WaitingEvent event = withheld.remove(id);
            if (event == null) {
                return false;
            }
            Instant now = clock.instant();
            queue(event.event.backend()).add(event.released(now));
            events.rejuvenateFollowers(event.fingerprint, now);
        }
        announce();
        return true;
    }

    /** The events that waited for this one can then be claimed, so that they are declined. */
    @Override
    public boolean discardWithheld(String id) {
        synchronized (this) {
            WaitingEvent event = withheld.remove(id);
            if (event == null) {
                return false;
            }
            size--;
            events.decline(event, event.lastFailure(), clock.instant());
        }
        announce();
        return true;
    }

    /** Refuses the event when half of the capacity is taken; the other half is for events of customers. */
    @Override
    public Enqueued offer(Event event) {
        return enqueue(event, capacity / 2);
    }

    private Enqueued enqueue(Event event, int bound) {
        synchronized (this) {
            WaitingEvent waiting = accepted(event, bound);
            if (waiting == null) {
                return Enqueued.DUPLICATE;
            }
            queue(event.backend()).add(waiting);
        }
        announce();
        return Enqueued.ACCEPTED;
    }

    /** Adds an event to those that are not settled and returns it, or returns {@code null} if its key is known. */
    private @Nullable WaitingEvent accepted(Event event, int bound) {
        WaitingEvent waiting = new WaitingEvent(++lastId, event, fingerprints, clock.instant());
        if (events.contains(waiting.fingerprint)) {
            return null;
        }
        if (closed || size >= bound) {
            throw new OutboxException(closed ? "the outbox is closed" : "the outbox is full: " + size + " events wait");
        }
        size++;
        events.add(waiting);
        return waiting;
    }

    private EventQueue queue(String backend) {
        return queues.computeIfAbsent(backend, absent -> new EventQueue());
    }

    /** In memory, only the change of a payer is a transaction. */
    @Override
    public boolean joinsTransaction() {
        return Thread.holdsLock(payers);
    }

    @Override
    public UnitOfWork unitOfWork() {
        return UnitOfWork.NONE;
    }

    @Override
    public void onAvailable(Runnable listener) {
        listeners.add(listener);
    }

    private void announce() {
        listeners.forEach(Runnable::run);
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public synchronized List<Claim> claim(String backend, int limit, Duration lease) {
        return queue(backend)
                .claim(
                        clock.instant(),
                        limit,
                        lease,
                        event -> event.predecessor == null || !events.isWaiting(event.predecessor),
                        events::present,
                        events::find);
    }

    @Override
    public void settle(List<Settled> claims) {
        synchronized (this) {
            claims.forEach(this::settle);
        }
        announce();
    }

    private void settle(Settled settled) {
        EventQueue queue = queue(settled.claim().event().backend());
        WaitingEvent event = queue.take(settled.claim());
        if (event == null) {
            return;
        }
        event.endLease();
        Settlement settlement = settled.settlement();
        if (settlement instanceof Settlement.Retry retry) {
            queue.add(event.failed(retry.reason()).dueAt(clock.instant().plus(retry.delay())));
        } else if (settlement instanceof Settlement.Postponed postponed) {
            queue.add(event.dueAt(clock.instant().plus(postponed.delay())));
        } else if (settlement instanceof Settlement.Dead given) {
            event.die(given.reason(), clock.instant());
            dead.put(event.id, event);
        } else if (settlement instanceof Settlement.Declined declined) {
            size--;
            events.decline(event, declined.reason(), clock.instant());
        } else if (settlement instanceof Settlement.Done done) {
            size--;
            events.settle(event, done.outcome(), clock.instant());
            ReferralStore.recorded(List.of(settled))
                    .forEach(own -> referrals.record(own.claim().event()));
        }
    }

    @Override
    public synchronized Map<String, Duration> untilDue(Collection<String> backends) {
        Map<String, Duration> until = new HashMap<>();
        for (String backend : backends) {
            Instant due = queue(backend).nextDue();
            if (due != null) {
                Duration left = Duration.between(clock.instant(), due);
                until.put(backend, left.isNegative() ? Duration.ZERO : left);
            }
        }
        return until;
    }

    @Override
    public synchronized Backlog backlog(String backend) {
        long given = dead.values().stream()
                .filter(event -> event.event.backend().equals(backend))
                .count();
        long held = withheld.values().stream()
                .filter(event -> event.withheld() == Withheld.HELD
                        && event.event.backend().equals(backend))
                .count();
        return queue(backend).backlog(clock.instant(), given, held);
    }

    @Override
    public synchronized List<DeadEvent> dead(int limit) {
        return dead.values().stream()
                .limit(limit)
                .map(WaitingEvent::toDeadEvent)
                .toList();
    }

    @Override
    public boolean replay(String id) {
        synchronized (this) {
            WaitingEvent event = dead.remove(id);
            if (event == null) {
                return false;
            }
            queue(event.event.backend()).add(event.replayed(clock.instant()));
        }
        announce();
        return true;
    }

    @Override
    public synchronized boolean discard(String id) {
        WaitingEvent event = dead.remove(id);
        if (event == null) {
            return false;
        }
        size--;
        events.settle(event, null, clock.instant());
        return true;
    }

    @Override
    public synchronized @Nullable LedgerEntry find(String deduplicationKey) {
        return events.find(fingerprints.of(deduplicationKey));
    }

    @Override
    public synchronized @Nullable Instant firstSignIn(String customerId) {
        return firstSignIns.get(fingerprints.of(customerId));
    }

    @Override
    public synchronized void recordFirstSignIns(Map<String, Instant> signIns) {
        signIns.forEach((customerId, time) -> firstSignIns.merge(
                fingerprints.of(customerId), time, (before, now) -> now.isBefore(before) ? now : before));
    }

    @Override
    public void updatePayer(Set<String> keys, PayerUpdate update) {
        synchronized (payers) {
            Set<Fingerprint> ids = new HashSet<>();
            List<String> records = new ArrayList<>();
            for (String key : keys) {
                Fingerprint id = fingerprints.of(key);
                KnownPayer known = payers.get(id);
                ids.add(id);
                if (known != null) {
                    ids.addAll(known.ids());
                    records.add(known.record());
                }
            }
            PayerUpdate.Payer changed = update.apply(records.stream().distinct().toList());
            changed.dropped().stream().map(fingerprints::of).forEach(dropped -> {
                ids.remove(dropped);
                payers.remove(dropped);
            });
            String customer = changed.customerId();
            KnownPayer payer = new KnownPayer(
                    Set.copyOf(ids), customer == null ? null : fingerprints.of(customer), changed.record());
            ids.forEach(id -> payers.put(id, payer));
        }
    }

    private record KnownPayer(
            Set<Fingerprint> ids, @Nullable Fingerprint customer, String record) {}

    /** Memory needs no table. */
    @Override
    public void requirePayers() {}

    @Override
    public int forget(String customerId) {
        Fingerprint customer = fingerprints.of(customerId);
        int before;
        int after;
        synchronized (payers) {
            before = payers.size();
            payers.values().removeIf(payer -> customer.equals(payer.customer()));
            after = payers.size();
        }
        return before - after + forgetEvents(customerId);
    }

    private synchronized int forgetEvents(String customerId) {
        Fingerprint customer = fingerprints.of(customerId);
        Set<Fingerprint> followed = events.followedBy(customer);
        List<WaitingEvent> here = events.of(customer, followed);
        for (WaitingEvent event : here) {
            events.remove(event);
            dead.remove(event.id);
            withheld.remove(event.id);
            queue(event.event.backend()).remove(event);
        }
        size -= here.size();
        int signIns = firstSignIns.remove(customer) == null ? 0 : 1;
        return here.size()
                + events.forget(customer, followed)
                + signIns
                + journeys.forget(customerId)
                + referrals.forget(customerId);
    }

    @Override
    public String fingerprint(String text) {
        return fingerprints.of(text).toString();
    }

    @Override
    public Map<String, List<Map<String, @Nullable Object>>> stored(String customerId) {
        Fingerprint customer = fingerprints.of(customerId);
        Map<String, List<Map<String, @Nullable Object>>> stored = new LinkedHashMap<>();
        synchronized (payers) { // before the other lock, as a change of a payer takes them
            putUnlessEmpty(
                    stored,
                    "reftrail_payer",
                    payers.values().stream()
                            .filter(payer -> customer.equals(payer.customer()))
                            .distinct()
                            .map(payer -> Map.<String, @Nullable Object>of("record", payer.record()))
                            .toList());
        }
        synchronized (this) {
            Set<Fingerprint> followed = events.followedBy(customer);
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            for (WaitingEvent waiting : events.of(customer, followed)) {
                Map<String, @Nullable Object> row = new LinkedHashMap<>();
                row.put("backend", waiting.event.backend());
                row.put("occurred_at", waiting.event.occurredAt().toString());
                row.put("payload", waiting.event);
                if (waiting.withheld() != null) {
                    row.put("verdict", waiting.withheld().toString());
                    row.put("reason", waiting.lastFailure());
                }
                rows.add(row);
            }
            for (LedgerEntry entry : events.settled(customer, followed)) {
                rows.add(Map.of(
                        "backend", entry.attribution().backend(),
                        "occurred_at", entry.occurredAt().toString(),
                        "attribution", entry.attribution()));
            }
            putUnlessEmpty(stored, "reftrail_event", rows);
            Instant signIn = firstSignIns.get(customer);
            putUnlessEmpty(
                    stored,
                    "reftrail_customer",
                    signIn == null ? List.of() : List.of(Map.of("known_since", signIn.toString())));
        }
        Journey journey = journeys.find(customerId);
        putUnlessEmpty(stored, "reftrail_touch", journey == null ? List.of() : List.of(Map.of("journey", journey)));
        stored.putAll(referrals.stored(customerId));
        return stored;
    }

    private static void putUnlessEmpty(
            Map<String, List<Map<String, @Nullable Object>>> stored,
            String table,
            List<Map<String, @Nullable Object>> rows) {
        if (!rows.isEmpty()) {
            stored.put(table, rows);
        }
    }

    @Override
    public JourneyStore journeys() {
        return journeys;
    }

    @Override
    public ReferralStore referrals() {
        return referrals;
    }

    @Override
    public synchronized List<CustomerEvent> history(String customerId, Map<String, String> leadEventNames) {
        return events.history(fingerprints.of(customerId));
    }

    @Override
    public Figures figures() {
        return figures;
    }

    @Override
    public int senders() {
        return 1;
    }

    @Override
    public int purge() {
        return 0;
    }

    /** Accepts no more events, so that the cookies of later leads stay. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        listeners.clear();
    }

    /** Returns the place of the events, for operators. */
    @Override
    public String toString() {
        return "memory";
    }
}
