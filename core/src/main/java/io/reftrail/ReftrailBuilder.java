package io.reftrail;

import io.reftrail.backend.TrackingBackend;
import io.reftrail.backend.declared.BackendDeclaration;
import io.reftrail.backend.own.OwnBackend;
import io.reftrail.capture.AttributionCookies;
import io.reftrail.capture.CaptureListener;
import io.reftrail.capture.CaptureRule;
import io.reftrail.capture.CookieSettings;
import io.reftrail.capture.CookieSigning;
import io.reftrail.capture.ReferralCapture;
import io.reftrail.capture.ReferralCapture.ClickModel;
import io.reftrail.capture.TouchCapture;
import io.reftrail.capture.TouchSettings;
import io.reftrail.delivery.DeliveryListener;
import io.reftrail.delivery.DeliverySettings;
import io.reftrail.delivery.HttpClientTransport;
import io.reftrail.delivery.HttpTransport;
import io.reftrail.delivery.MonotonicClock;
import io.reftrail.delivery.SendObserver;
import io.reftrail.model.DecisionListener;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.RecentSignUps;
import io.reftrail.outbox.UnitOfWork;
import io.reftrail.outbox.memory.InMemoryOutbox;
import io.reftrail.policy.LeadPolicy;
import io.reftrail.policy.LeadPolicy.Verdict.Kind;
import io.reftrail.policy.Partners;
import io.reftrail.policy.PolicySettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A builder of {@link Reftrail}. Not thread-safe. */
public final class ReftrailBuilder {

    private final Map<String, TrackingBackend> backends = new LinkedHashMap<>();
    CookieSettings cookieSettings = CookieSettings.DEFAULT;
    CookieSigning cookieSigning = CookieSigning.NONE;
    private @Nullable TouchSettings touchSettings;
    private ClickModel attributionModel = ClickModel.LAST_CLICK;
    DeliverySettings deliverySettings = DeliverySettings.DEFAULT;
    final List<CaptureListener> captureListeners = new ArrayList<>();
    private final List<LeadPolicy> leadPolicies = new ArrayList<>();
    private PolicySettings policySettings = PolicySettings.DEFAULT;
    final List<Partners> partners = new ArrayList<>();
    final List<LeadListener> leadListeners = new ArrayList<>();

    @Nullable
    ReferralSettings referralSettings;

    final List<RewardListener> rewardListeners = new ArrayList<>();
    Consumer<Runnable> rewardTransactions = Runnable::run;
    final List<SaleListener> saleListeners = new ArrayList<>();
    final List<DeliveryListener> deliveryListeners = new ArrayList<>();
    final List<DecisionListener> decisionListeners = new ArrayList<>();
    final List<SendObserver> sendObservers = new ArrayList<>();
    private UnitOfWork unitOfWork = UnitOfWork.NONE;
    LeadSettings leadSettings = LeadSettings.DEFAULT;
    CodeSettings codeSettings = CodeSettings.DEFAULT;
    final List<ReferralCodes> referralCodes = new ArrayList<>();
    Clock clock = Clock.systemUTC();
    Supplier<@Nullable String> currentRoute = () -> null;

    @Nullable
    Monitoring monitoring;

    private @Nullable Outbox outbox;
    private @Nullable HttpTransport transport;

    ReftrailBuilder() {}

    /**
     * Adds a backend.
     *
     * @throws InvalidSettingException if another backend has the same name
     */
    public ReftrailBuilder backend(TrackingBackend backend) {
        if (backends.putIfAbsent(backend.name(), backend) != null) {
            throw new InvalidSettingException(
                    backend.name(),
                    "there are two backends of this name",
                    "Remove one of them, or give it its own name.");
        }
        return this;
    }

    /** Returns the backends that were added, in their order. */
    public List<TrackingBackend> backends() {
        return List.copyOf(backends.values());
    }

    /** Sets the attributes of cookies, and the backends whose cookies are kept after the lead. */
    public ReftrailBuilder cookies(CookieSettings settings) {
        this.cookieSettings = settings;
        return this;
    }

    /** Sets whether Reftrail's own cookies are signed, and whether unsigned clicks are accepted. */
    public ReftrailBuilder cookieSigning(CookieSigning signing) {
        this.cookieSigning = signing;
        return this;
    }

    /** Sets which click is attributed if a visitor follows several links. */
    public ReftrailBuilder attributionModel(ClickModel model) {
        this.attributionModel = model;
        return this;
    }

    /**
     * Enables attribution: touches are captured and stored with the customer. Without this call no touch is captured.
     *
     * @param settings the window, and hosts that are not sources
     */
    public ReftrailBuilder touches(TouchSettings settings) {
        this.touchSettings = settings;
        return this;
    }

    /**
     * Enables "refer a friend": customers have links, and the backend {@code own} is active. Without this call, it needs neither
     * a thread nor a row.
     *
     * @throws InvalidSettingException if another backend is named {@code own}
     */
    public ReftrailBuilder referrals(ReferralSettings settings) {
        this.referralSettings = settings;
        return backend(new OwnBackend(settings.parameter(), settings.window()));
    }

    /** Adds a listener that gives customers their rewards. Without one, rewards wait. */
    public ReftrailBuilder rewardListener(RewardListener listener) {
        rewardListeners.add(listener);
        return this;
    }

    /**
     * Sets how each reward is given in a transaction of the application, which the outbox can join; it is rolled back if the work
     * throws. By default there is none.
     *
     * @param transactions the function that runs the given work on the same thread, and throws what the work throws
     */
    public ReftrailBuilder rewardTransactions(Consumer<Runnable> transactions) {
        this.rewardTransactions = transactions;
        return this;
    }

    /** Sets which customers are leads, and which of their fields are sent. */
    public ReftrailBuilder leads(LeadSettings settings) {
        this.leadSettings = settings;
        return this;
    }

    /** Sets the form field of codes, and whether a code or a click wins. */
    public ReftrailBuilder codes(CodeSettings settings) {
        this.codeSettings = settings;
        return this;
    }

    /** Adds a list of codes that visitors can give in forms, which is asked after those that were added before. */
    public ReftrailBuilder referralCodes(ReferralCodes codes) {
        referralCodes.add(codes);
        return this;
    }

    /** Adds a policy, which is asked after those that were added before. */
    public ReftrailBuilder leadPolicy(LeadPolicy policy) {
        leadPolicies.add(policy);
        return this;
    }

    /** Switches on policies that come with Reftrail. They are asked after those that were added. */
    public ReftrailBuilder leadPolicies(PolicySettings settings) {
        this.policySettings = settings;
        return this;
    }

    /** Adds a source of information about the application's partners. The first one that knows who is behind a click decides. */
    public ReftrailBuilder partners(Partners known) {
        partners.add(known);
        return this;
    }

    /** Sets the limits and timeouts of delivery. */
    public ReftrailBuilder delivery(DeliverySettings settings) {
        this.deliverySettings = settings;
        return this;
    }

    /** Sets the outbox, which is closed with the {@link Reftrail}. The default is in memory. */
    public ReftrailBuilder outbox(Outbox outbox) {
        this.outbox = outbox;
        return this;
    }

    /** Sets the transport, which is closed with the {@link Reftrail}. */
    public ReftrailBuilder transport(HttpTransport transport) {
        this.transport = transport;
        return this;
    }

    /** Sets the caller's transactions. The default is the outbox's. */
    public ReftrailBuilder unitOfWork(UnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
        return this;
    }

    /** Adds a listener that is notified of captured parameters. */
    public ReftrailBuilder captureListener(CaptureListener listener) {
        captureListeners.add(listener);
        return this;
    }

    /** Adds a listener that is notified of leads. */
    public ReftrailBuilder leadListener(LeadListener listener) {
        leadListeners.add(listener);
        return this;
    }

    /** Adds a listener that is notified of sales and refunds. */
    public ReftrailBuilder saleListener(SaleListener listener) {
        saleListeners.add(listener);
        return this;
    }

    /** Adds a listener that is notified of deliveries. */
    public ReftrailBuilder deliveryListener(DeliveryListener listener) {
        deliveryListeners.add(listener);
        return this;
    }

    /** Adds a listener that is notified of every decision about landings, sign-ins, leads, sales and deliveries. */
    public ReftrailBuilder decisionListener(DecisionListener listener) {
        decisionListeners.add(listener);
        return this;
    }

    /**
     * Sets the source of the route of the request that the current thread serves. Decisions use it if Reftrail does not know the
     * route itself, for example in a payment provider's webhook. The supplier returns the route's pattern, without ids, or
     * {@code null}.
     */
    public ReftrailBuilder currentRoute(Supplier<@Nullable String> route) {
        this.currentRoute = route;
        return this;
    }

    /** Adds an observer that surrounds each send, inside those that were added before. */
    public ReftrailBuilder sendObserver(SendObserver observer) {
        sendObservers.add(observer);
        return this;
    }

    /** Sets the monitoring, which counts decisions and deliveries in the outbox for operators. By default nothing is counted. */
    public ReftrailBuilder monitoring(Monitoring monitoring) {
        this.monitoring = monitoring;
        decisionListeners.add(monitoring.decisions());
        deliveryListeners.add(monitoring.deliveries());
        sendObservers.add(monitoring.sends());
        return this;
    }

    /** Sets the clock for the times of clicks and leads. */
    public ReftrailBuilder clock(Clock clock) {
        this.clock = clock;
        return this;
    }

    /** With a misspelt name, a cookie that is to be kept would be expired. */
    private void checkWhoseCookiesStay() {
        for (String name : cookieSettings.keepAfterLead()) {
            if (!backends.isEmpty() && !backends.containsKey(name)) {
                throw new InvalidSettingException(
                        "cookie.keep-after-lead",
                        "no active backend is named '" + name + "'",
                        "Write names of these: " + String.join(", ", backends.keySet()) + ".",
                        "cookie.keep-after-lead=" + String.join(",", backends.keySet()));
            }
        }
    }

    /**
     * Two vendors with one cookie would overwrite each other's clicks, and a parameter that a declared backend shares with another
     * one would be captured only for the first of them. Vendors that are written in Java share parameters because their
     * documentation says so.
     */
    private void checkSharedNames() {
        Map<String, String> owners = new HashMap<>();
        for (TrackingBackend backend : backends.values()) {
            boolean declared = BackendDeclaration.isDeclared(backend);
            for (CaptureRule rule : backend.captureRules()) {
                checkOwner(owners, "cookie", rule.cookie(), backend.name(), true);
                rule.parameters().forEach(name -> checkOwner(owners, "parameter", name, backend.name(), declared));
            }
        }
    }

    /** An owner that begins with an exclamation mark does not share the name. */
    private static void checkOwner(
            Map<String, String> owners, String what, String name, String backend, boolean exclusive) {
        String owner = owners.putIfAbsent(what + name, (exclusive ? "!" : "") + backend);
        boolean shared = owner != null && !owner.replace("!", "").equals(backend);
        if (shared && (exclusive || owner.startsWith("!"))) {
            throw new InvalidSettingException(
                    backend,
                    "the " + what + " '" + name + "' is also that of " + owner.replace("!", ""),
                    "Give one of them another " + what + ", or use only one of the two backends.");
        }
    }

    /**
     * Builds the instance. Starts no thread.
     *
     * @throws InvalidSettingException if the settings contradict each other
     */
    public Reftrail build() {
        checkWhoseCookiesStay();
        checkSharedNames();
        return new Reftrail(this);
    }

    @Nullable
    TouchCapture touches(AttributionCookies cookies) {
        return touchSettings == null ? null : new TouchCapture(touchSettings, cookies, cookieSigning, clock);
    }

    ReferralCapture capture(List<TrackingBackend> active, AttributionCookies cookies, @Nullable TouchCapture touches) {
        return new ReferralCapture(
                active.stream()
                        .flatMap(backend -> backend.captureRules().stream())
                        .toList(),
                cookies,
                attributionModel,
                Listeners.capture(captureListeners),
                clock,
                touches);
    }

    List<LeadPolicy> leadPolicies(Outbox events) {
        List<LeadPolicy> policies = new ArrayList<>(leadPolicies);
        RecentSignUps signUps = policySettings.sameNetwork() == Kind.ACCEPT ? null : events.recentSignUps();
        policies.addAll(
                policySettings.policies(partners, events::fingerprint, signUps == null ? null : signUps::add, clock));
        return policies;
    }

    Outbox outbox() {
        return outbox == null ? new InMemoryOutbox(InMemoryOutbox.DEFAULT_CAPACITY, new MonotonicClock()) : outbox;
    }

    HttpTransport transport(int backends) {
        return transport == null ? new HttpClientTransport(deliverySettings, backends) : transport;
    }

    /**
     * Returns the unit of work. An outbox that joins the caller's transaction must wait for the end of the same transaction.
     */
    UnitOfWork unitOfWork(Outbox events) {
        return unitOfWork == UnitOfWork.NONE ? events.unitOfWork() : unitOfWork;
    }
}
