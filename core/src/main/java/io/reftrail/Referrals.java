package io.reftrail;

import io.reftrail.backend.own.OwnBackend;
import io.reftrail.delivery.internal.DaemonThreads;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.RedactedFailure;
import io.reftrail.model.Referral;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.OutboxException;
import io.reftrail.outbox.ReferralStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * "Refer a friend": customers are partners. Each customer has a link. A visitor who follows it and signs up is a lead of the
 * built-in backend {@code own}, without any vendor. After a payment that is not refunded in time, both sides get a reward, only
 * once over all nodes. Thread-safe.
 */
public final class Referrals {

    /** How long a process has for one reward before another one tries it. */
    static final Duration LEASE = Duration.ofMinutes(5);

    private static final Duration LONGEST_DELAY = Duration.ofHours(6);

    private static final Duration SLOWEST_POLL = Duration.ofMinutes(1);

    private static final Duration FASTEST_POLL = Duration.ofSeconds(1);

    /** The number of rewards that are claimed together. It is small, because their lease runs while they are given one by one. */
    private static final int CLAIMED_AT_ONCE = 10;

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private static final Logger logger = LoggerFactory.getLogger(Reftrail.class);

    private final ReferralSettings settings;
    private final ReferralStore store;
    private final Outbox outbox;
    private final Consumer<Runnable> transactions;
    private final DecisionLog decisions;
    private final Clock clock;
    private final List<RewardListener> listeners = new CopyOnWriteArrayList<>();
    private boolean started;
    private boolean closed;
    private @Nullable ScheduledExecutorService thread;

    Referrals(
            ReferralSettings settings,
            ReferralStore store,
            Outbox outbox,
            List<RewardListener> listeners,
            Consumer<Runnable> transactions,
            DecisionLog decisions,
            Clock clock) {
        this.settings = settings;
        this.store = store;
        this.outbox = outbox;
        this.listeners.addAll(listeners);
        this.transactions = transactions;
        this.decisions = decisions;
        this.clock = clock;
    }

    /**
     * Returns the code of a customer's link: random, the same at each call and on each node. Joins the caller's transaction,
     * unless that is read-only.
     *
     * @param customerId the application's id of the customer, at most 255 characters
     * @throws OutboxException if it cannot be stored
     */
    public String codeFor(String customerId) {
        return store.code(customerId, OwnBackend::newCode);
    }

    /**
     * Returns a customer's link: the landing page with the {@linkplain #codeFor code}.
     *
     * @param customerId the application's id of the customer, at most 255 characters
     * @throws OutboxException if it cannot be stored
     */
    public String linkFor(String customerId) {
        String page = settings.landingPage();
        return page + (page.indexOf('?') < 0 ? '?' : '&') + settings.parameter() + "=" + codeFor(customerId);
    }

    /**
     * Returns the referral by which a customer came, with its status; {@code null} if there is none. A sign-up or payment appears
     * here as soon as it is delivered, usually within a second.
     *
     * @throws OutboxException if the outbox cannot be reached
     */
    public @Nullable Referral referralOf(String customerId) {
        return store.find(customerId);
    }

    /**
     * Returns the referrals by a customer, the latest first.
     *
     * @param limit the maximum number
     * @throws OutboxException if the outbox cannot be reached
     */
    public List<Referral> referralsBy(String customerId, int limit) {
        return store.referralsBy(customerId, limit);
    }

    /**
     * Returns the attribution of a code that a visitor has typed, or {@code null} if it is of no customer's link. Asks the outbox
     * only about texts that have the form of such a code.
     *
     * @throws OutboxException if the outbox cannot be reached
     */
    @Nullable
    Attribution ofTypedCode(String typed) {
        String code = typed.toLowerCase(Locale.ROOT);
        return OwnBackend.isCode(code) && store.referrer(code) != null
                ? new Attribution(Referral.BACKEND, code, null)
                : null;
    }

    /**
     * Adds a listener that gives rewards, for applications that do not build the {@link Reftrail} themselves. Until there is one,
     * rewards wait.
     */
    public void addListener(RewardListener listener) {
        listeners.add(listener);
        startIfWanted();
    }

    /**
     * Returns the reason why a customer is not reported as a lead of this backend, or {@code null} if there is none.
     *
     * @throws OutboxException if the outbox cannot be reached
     */
    @Nullable
    LeadStatus invalidLink(Attribution attribution, Customer customer) {
        if (!attribution.backend().equals(Referral.BACKEND)) {
            return null;
        }
        String referrer = store.referrer(attribution.requireClickId());
        if (referrer == null) {
            return LeadStatus.UNKNOWN_LINK;
        }
        return referrer.equals(customer.id()) ? LeadStatus.SELF_REFERRAL : null;
    }

    /** Starts to look for rewards that are due, if a listener can give them. */
    synchronized void start() {
        started = true;
        startIfWanted();
    }

    private synchronized void startIfWanted() {
        if (!started || closed || thread != null || listeners.isEmpty()) {
            return;
        }
        ScheduledThreadPoolExecutor executor =
                new ScheduledThreadPoolExecutor(1, new DaemonThreads("reftrail-rewards"));
        long poll = poll().toMillis();
        Object unused = executor.scheduleWithFixedDelay(this::giveSafely, poll, poll, TimeUnit.MILLISECONDS);
        thread = executor;
    }

    /**
     * Returns the time between two searches for due rewards, which is short if rewards are due soon after the payment, as in a
     * demonstration.
     */
    private Duration poll() {
        Duration tenth = settings.rewardAfter().dividedBy(10);
        if (tenth.compareTo(FASTEST_POLL) < 0) {
            return FASTEST_POLL;
        }
        return tenth.compareTo(SLOWEST_POLL) > 0 ? SLOWEST_POLL : tenth;
    }

    private void giveSafely() {
        try {
            while (give() == CLAIMED_AT_ONCE && !Thread.currentThread().isInterrupted()) {
                logger.debug("More rewards may be due");
            }
        } catch (RuntimeException | Error failure) {
            logger.warn("Could not look for rewards; they are looked for again", RedactedFailure.of(failure));
        }
    }

    /**
     * Gives the rewards that are due.
     *
     * @return the number of those that were claimed
     * @throws OutboxException if the outbox cannot be reached
     */
    int give() {
        Instant now = now();
        String lease = UUID.randomUUID().toString();
        List<Referral> claimed =
                store.claimRewards(now.minus(settings.rewardAfter()), now, now.plus(LEASE), lease, CLAIMED_AT_ONCE);
        for (Referral referral : claimed) {
            give(referral, lease);
        }
        return claimed.size();
    }

    private void give(Referral referral, String lease) {
        AtomicReference<Given> given = new AtomicReference<>(Given.NOT);
        try {
            transactions.accept(() -> given.set(give(referral, lease, outbox.joinsTransaction())));
            if (given.get() == Given.UNMARKED && !store.reward(referral.customerId(), lease, now(), true)) {
                logger.warn("A reward was given, but took longer than {}, so that it may be given again", LEASE);
            }
            RewardReason reason = given.get() == Given.NOT ? RewardReason.CANCELLED : RewardReason.REWARDED;
            decisions.recordAt(reason, Referral.BACKEND, null);
        } catch (RuntimeException | Error failure) {
            logger.warn("A reward could not be given and is tried again", RedactedFailure.of(failure));
            decisions.recordAt(RewardReason.FAILED, Referral.BACKEND, null);
            release(referral, lease);
        }
    }

    /** The result of one attempt. */
    private enum Given {
        NOT,
        MARKED,
        UNMARKED
    }

    /**
     * Gives one reward. In a transaction that the outbox joins, the mark comes first, because its lock makes a refund wait.
     * Otherwise it comes after the commit, because a listener that fails has to be called again.
     */
    private Given give(Referral referral, String lease, boolean joined) {
        Referral current = joined ? referral : store.find(referral.customerId());
        if (current == null
                || current.status() != Referral.Status.PAID
                || (joined && !store.reward(referral.customerId(), lease, now(), false))) {
            return Given.NOT;
        }
        listeners.forEach(listener -> listener.onRewarded(reward(current)));
        return joined ? Given.MARKED : Given.UNMARKED;
    }

    private static ReferralRewarded reward(Referral referral) {
        return new ReferralRewarded(
                referral.referrerId(),
                referral.customerId(),
                Objects.requireNonNull(referral.invoiceId()),
                Objects.requireNonNull(referral.paidAt()),
                Objects.requireNonNull(referral.amount()));
    }

    /** Ends the claim of a reward that was not given. The delay doubles with each attempt. */
    private void release(Referral referral, String lease) {
        Duration delay = poll().multipliedBy(1L << Math.min(referral.attempts() - 1, 20));
        Instant retryAt = now().plus(delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay);
        try {
            store.release(referral.customerId(), lease, retryAt);
        } catch (RuntimeException away) {
            logger.debug("The reward is tried again when its lease has ended", RedactedFailure.of(away));
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Waits for a reward that is being given. */
    void close() {
        ScheduledExecutorService running;
        synchronized (this) {
            closed = true;
            running = thread;
        }
        if (running == null) {
            return;
        }
        running.shutdown();
        try {
            if (!running.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                running.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            running.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
