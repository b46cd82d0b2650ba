package io.reftrail;

import io.reftrail.backend.CheckoutMetadata;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.capture.AttributionCookies;
import io.reftrail.capture.CookieExchange;
import io.reftrail.capture.PartnerCookie;
import io.reftrail.capture.TouchCapture;
import io.reftrail.delivery.DeliveryListener;
import io.reftrail.delivery.Dispatcher;
import io.reftrail.delivery.HttpTransport;
import io.reftrail.journey.Correction;
import io.reftrail.journey.Journey;
import io.reftrail.journey.Touch;
import io.reftrail.journey.Touch.Partner;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.Event;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.model.Money;
import io.reftrail.model.Outcome;
import io.reftrail.model.Payment;
import io.reftrail.model.RedactedFailure;
import io.reftrail.model.Referral;
import io.reftrail.model.SubscriptionChange;
import io.reftrail.outbox.JourneyStore;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.OutboxException;
import io.reftrail.outbox.ReferralStore;
import io.reftrail.outbox.UnitOfWork;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * The entry point for applications, which reports leads, sales and refunds to the active backends. An application has one
 * instance, built with {@link #builder()}; it is thread-safe. {@link #visits()} has the operations for web filters,
 * {@link #payments()} those for webhooks of payment providers, and {@link #operations()} those for operators.
 *
 * <p>Methods that are called while a visitor waits for a page never throw and never wait for a network: if a lead cannot be
 * stored, the log has the cause and the visitor's cookie stays, so that the next sign-in tries again. {@link #sale} and
 * {@link #refund} throw, because nothing else would report the payment again.
 */
public final class Reftrail implements AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(Reftrail.class);

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final Set<String> JSON_COLUMNS = Set.of("attribution", "payload", "record");

    private final List<TrackingBackend> backends;
    private final VisitTracking visits;
    private final ReftrailOperations operations;
    private final LeadReporter leads;
    private final LeadConfirmation confirmation;
    private final GivenCodes codes;
    private final SaleReporter sales;
    private final Checkout checkout;
    private final @Nullable TouchCapture touches;
    private final PaymentIntake payments;
    private final @Nullable Journeys journeys;
    private final @Nullable Referrals referrals;
    private final FirstSignIns firstSignIns;
    private final ClickExchange clicks;
    private final BackgroundExecutor background;
    private final Outbox outbox;
    private final Dispatcher dispatcher;
    private final HttpTransport transport;
    private final @Nullable Monitoring monitoring;

    Reftrail(ReftrailBuilder builder) {
        Clock clock = builder.clock;
        LeadSettings settings = builder.leadSettings;
        this.backends = builder.backends();
        this.outbox = builder.outbox();
        this.transport = builder.transport(backends.size());
        this.background = new BackgroundExecutor();
        DecisionLog decisions = new DecisionLog(
                Listeners.decision(builder.decisionListeners), clock, () -> currentRoute(builder.currentRoute));
        AttributionCookies cookies = new AttributionCookies(builder.cookieSettings, builder.cookieSigning, clock);
        ExchangedClickCache exchanged = new ExchangedClickCache(outbox, background, clock);
        this.referrals = referrals(builder, outbox, decisions, clock);
        this.codes = new GivenCodes(backends, builder.referralCodes, referrals, builder.codeSettings, decisions, clock);
        List<DeliveryListener> deliveryListeners =
                new ArrayList<>(List.of(exchanged.listener(), decisions.deliveries(), codes.answers()));
        if (referrals != null) {
            deliveryListeners.add(startOf(referrals));
        }
        deliveryListeners.addAll(builder.deliveryListeners);
        this.dispatcher = new Dispatcher(
                backends,
                outbox,
                transport,
                builder.deliverySettings,
                Listeners.delivery(deliveryListeners),
                builder.sendObservers);
        this.clicks = new ClickExchange(outbox, cookies, background, exchanged, decisions, clock);
        UnitOfWork unitOfWork = builder.unitOfWork(outbox);
        TransactionalEnqueue enqueue = new TransactionalEnqueue(outbox, unitOfWork);
        this.firstSignIns = new FirstSignIns(outbox, unitOfWork, background, settings.cutOff(), clock);
        this.touches = builder.touches(cookies);
        this.journeys = touches == null ? null : journeys(touches, outbox, unitOfWork, decisions, clock);
        this.confirmation = new LeadConfirmation(backends, outbox, enqueue, decisions, clock);
        this.leads = new LeadReporter(
                backends,
                enqueue,
                cookies,
                clicks,
                firstSignIns,
                settings,
                new LeadPolicies(
                        builder.leadPolicies(outbox),
                        builder.partners,
                        new PartnerCookie(cookies, outbox::fingerprint),
                        journeys),
                Listeners.lead(builder.leadListeners),
                decisions,
                clock,
                journeys,
                codes,
                referrals);
        this.sales = new SaleReporter(
                backends, outbox, enqueue, Listeners.sale(builder.saleListeners), decisions, clock, journeys);
        this.checkout = new Checkout(backends, outbox);
        this.payments = new PaymentIntake(backends, outbox, unitOfWork, decisions, codes);
        this.visits = new VisitTracking(
                backends, builder.capture(backends, cookies, touches), clicks, leads, decisions, touches);
        this.operations = new ReftrailOperations(
                backends, outbox, dispatcher, transport, background, leads, decisions, referrals);
        this.monitoring = builder.monitoring;
        if (monitoring != null) {
            monitoring.start(outbox.figures(), dispatcher::status, dispatcher::resume, clock);
        }
    }

    private static Journeys journeys(
            TouchCapture touches, Outbox outbox, UnitOfWork unitOfWork, DecisionLog decisions, Clock clock) {
        JourneyStore store = outbox.journeys();
        if (store == null) {
            throw missingTables("attribution.enabled", "journeys", outbox);
        }
        return new Journeys(touches, store, outbox, unitOfWork, decisions, clock);
    }

    private static @Nullable Referrals referrals(
            ReftrailBuilder builder, Outbox outbox, DecisionLog decisions, Clock clock) {
        ReferralSettings settings = builder.referralSettings;
        if (settings == null) {
            return null;
        }
        ReferralStore store = outbox.referrals();
        if (store == null) {
            throw missingTables("referrals.enabled", "referrals", outbox);
        }
        return new Referrals(
                settings, store, outbox, builder.rewardListeners, builder.rewardTransactions, decisions, clock);
    }

    private static InvalidSettingException missingTables(String setting, String what, Outbox outbox) {
        return new InvalidSettingException(
                setting,
                "the tables for " + what + " are missing in " + outbox,
                "Write {prefix}outbox.initialize-schema=always, or run the script R__reftrail_outbox.sql of reftrail-core again"
                        + " with the application's own migrations.",
                "outbox.initialize-schema=always");
    }

    /** Starts to give rewards with the first event of a friend, if {@link ReftrailOperations#start} was not called. */
    private static DeliveryListener startOf(Referrals referrals) {
        return new DeliveryListener() {
            @Override
            public void onSettled(Event event, Outcome outcome) {
                if (event.backend().equals(Referral.BACKEND)) {
                    referrals.start();
                }
            }
        };
    }

    private @Nullable String currentRoute(Supplier<@Nullable String> otherwise) {
        CookieExchange served = visits.currentExchange();
        return served == null ? otherwise.get() : served.route();
    }

    /**
     * Returns a builder with an in-memory outbox, no backend, and the defaults of {@code docs/configuration.md}, except that customers of
     * unknown age {@linkplain LeadSettings.UnknownAge#REPORT are reported}.
     */
    public static ReftrailBuilder builder() {
        return new ReftrailBuilder();
    }

    /** Returns the names of the active backends, in the order in which they were added. */
    public List<String> backends() {
        return backends.stream().map(TrackingBackend::name).toList();
    }

    /** Returns the operations for web filters. */
    public VisitTracking visits() {
        return visits;
    }

    /** Returns the operations for webhooks of payment providers. */
    public PaymentIntake payments() {
        return payments;
    }

    /**
     * Returns "refer a friend": customers' links, and the friends who followed them.
     *
     * @throws IllegalStateException if it is not {@linkplain ReftrailBuilder#referrals enabled}
     */
    public Referrals referrals() {
        if (referrals == null) {
            throw new IllegalStateException("referrals are not enabled");
        }
        return referrals;
    }

    /** Returns the operations for operators, health checks and tests. */
    public ReftrailOperations operations() {
        return operations;
    }

    /**
     * Returns the attributions that the request's cookies carry, at most one for each backend, without those that were
     * reported in this request already.
     */
    public List<Attribution> attributions(CookieExchange exchange) {
        return leads.attributions(exchange);
    }

    /**
     * Returns the touches that the request's cookie carries, in order of time: the first one and the last ones. Empty if
     * attribution is not {@linkplain ReftrailBuilder#touches enabled}. Never throws.
     */
    public List<Touch> touches(CookieExchange exchange) {
        try {
            return touches == null ? List.of() : touches.touches(exchange);
        } catch (RuntimeException failure) {
            logger.warn("Could not read a visitor's touches", RedactedFailure.of(failure));
            return List.of();
        }
    }

    /**
     * Returns the journey of a customer: the touches before the sign-up, payments and corrections; {@code null} if none is
     * stored, as for customers without consent, or if attribution is not {@linkplain ReftrailBuilder#touches enabled}. Includes
     * what the caller's transaction has stored, if the outbox joins it.
     *
     * @param customerId the application's id of the customer, as it was reported
     * @throws OutboxException if the outbox cannot be reached
     */
    public @Nullable Journey journey(String customerId) {
        return journeys == null ? null : journeys.find(customerId);
    }

    /**
     * Reports a customer who has just signed up to each backend whose click the request carries. Expires the click's cookie
     * once the lead is stored. Waits for the outbox only, and never throws.
     */
    public LeadReport lead(CookieExchange exchange, Customer customer) {
        return lead(exchange, LeadRequest.of(customer));
    }

    /**
     * Reports a customer who has just signed up like {@link #lead(CookieExchange, Customer)}, and who may have given a code in
     * the form: a coupon, or a partner's name. The customer is attributed to the code's partner, with or without a click; see
     * {@link CodeSettings#wins()}. Whether the code exists is in {@link LeadReport#code()}.
     *
     * @param referralCode what the visitor has typed; blank if nothing
     */
    public LeadReport lead(CookieExchange exchange, Customer customer, String referralCode) {
        return lead(exchange, LeadRequest.of(customer).withReferralCode(referralCode));
    }

    /** Reports a lead like {@link #lead(CookieExchange, Customer)}, with metadata or a code. */
    public LeadReport lead(CookieExchange exchange, LeadRequest request) {
        return leads.lead(exchange, request);
    }

    /**
     * Reports a new customer with an attribution that the application has stored. Expires no cookie and never throws.
     *
     * @return the status at the attribution's backend; {@link LeadStatus#REFUSED} if that is not active
     */
    public LeadReport lead(Attribution attribution, Customer customer) {
        return lead(attribution, LeadRequest.of(customer));
    }

    /** Reports a lead like {@link #lead(Attribution, Customer)}, with metadata. */
    public LeadReport lead(Attribution attribution, LeadRequest request) {
        return leads.lead(attribution, request, false);
    }

    /**
     * Returns what is known about a code, for a form that tells the visitor before the sign-up. Calls no vendor and never throws.
     *
     * @param referralCode what the visitor has typed
     * @return {@link CodeStatus#UNKNOWN} if there is no such code, also for a blank one
     */
    public CodeStatus checkCode(String referralCode) {
        return codes.check(referralCode);
    }

    /**
     * Returns the attributions that a lead of this request would have: those of its clicks, or that of the code that the visitor
     * has given. For a sign-up that is reported later, or on another thread. Never throws.
     *
     * @param referralCode what the visitor has typed, blank if nothing, or {@code null} for the form field of the
     *     {@linkplain CodeSettings#parameter() settings}
     * @return at most one for each backend, which {@link #lead(Attribution, LeadRequest)} takes
     */
    public List<Attribution> attributions(CookieExchange exchange, @Nullable String referralCode) {
        return codes.attribute(referralCode, leads.attributions(exchange), exchange)
                .attributions();
    }

    /** Returns whether the request carries a click that was not reported in it, or a code in the configured form field. */
    public boolean mayBeReferred(CookieExchange exchange) {
        return !leads.attributions(exchange).isEmpty() || codes.isIn(exchange);
    }

    /**
     * Reports that a customer has signed in, in any way. Depending on the {@linkplain LeadSettings#trigger() trigger}, the
     * customer becomes a lead if the request carries a click and the customer is not older than the click. The age is
     * {@link Customer#createdAt()} or, if that is unknown, the first sign-in that the outbox remembers. Waits for the outbox
     * only, and never throws.
     */
    public LeadReport signIn(CookieExchange exchange, Customer customer) {
        return leads.signIn(exchange, customer);
    }

    /** Remembers a sign-in that happened outside a request. It is not reported as a lead, but may be the customer's first sign-in. */
    public void rememberSignIn(Customer customer) {
        leads.remember(customer, SignInReason.NO_REQUEST);
    }

    /**
     * Remembers existing customers, so that they do not become leads when they follow a partner's link. Call it once, when you
     * add Reftrail to an application that has customers. In a transaction the customers count as seeded after its commit.
     *
     * @param existing the customers; those without {@link Customer#createdAt()} count as older than any click
     * @return the number of customers in the stream
     * @throws OutboxException if the outbox cannot be reached; the call can be repeated
     */
    public long seed(Stream<Customer> existing) {
        return firstSignIns.seed(existing);
    }

    /** Confirms a customer's lead at each backend that has recorded it as deferred. Never throws. */
    public LeadReport confirm(Customer customer) {
        return confirmation.confirm(customer);
    }

    /**
     * Reports a payment to each backend that the customer's lead was reported to, however long ago. Call it when the payment
     * has arrived, for example in the payment provider's webhook.
     *
     * @param customerId the application's id of the customer, as in the lead
     * @param amount the amount in major units, for example 29.00
     * @param currency the ISO 4217 code
     * @param invoiceId the unique id of the payment; a repeated report with the same id is a duplicate
     * @return the status by backend; empty if no partner referred the customer
     * @throws IllegalArgumentException if an id is blank, or the currency has no such amount
     * @throws EventRefusedException if the sale could not be stored: fail the webhook, so that the payment is reported again
     */
    public SaleReport sale(String customerId, BigDecimal amount, String currency, String invoiceId) {
        return sale(Payment.of(customerId, invoiceId, Money.of(amount, currency)));
    }

    /**
     * Reports a payment like {@link #sale(String, BigDecimal, String, String)}, with its optional details.
     *
     * @throws EventRefusedException if the sale could not be stored: fail the webhook, so that the payment is reported again
     */
    public SaleReport sale(Payment payment) {
        return sales.sale(payment);
    }

    /**
     * Reports a refund to each backend that takes refunds and has the customer's lead.
     *
     * @return the status by backend; empty if no partner referred the customer
     * @throws EventRefusedException if the refund could not be stored: fail the webhook, so that it is reported again
     */
    public SaleReport refund(RefundRequest refund) {
        return sales.refund(refund);
    }

    /**
     * Reports that a trial has begun, to each backend that documents a call for it and has the customer's lead.
     *
     * @param customerId the application's id of the customer, as in the lead
     * @param subscriptionId the unique id of the subscription; a repeated report with the same id is a duplicate
     * @return the status by backend; empty if no backend takes trials, or no partner referred the customer
     * @throws IllegalArgumentException if an id is blank
     * @throws EventRefusedException if the event could not be stored: fail the webhook, so that it is reported again
     */
    public SaleReport trialStarted(String customerId, String subscriptionId) {
        return sales.changed(SubscriptionChange.Kind.TRIAL_STARTED, customerId, subscriptionId, null);
    }

    /**
     * Reports that a customer's subscription has ended, to each backend that documents a call for it and has the customer's lead.
     * Call it when the customer has no other subscription: vendors count the customer.
     *
     * @param customerId the application's id of the customer, as in the lead
     * @param subscriptionId the unique id of the subscription; a repeated report with the same id is a duplicate
     * @param lastInvoiceId the invoice id of its last sale, after which it is sent, or {@code null}
     * @return the status by backend; empty if no backend takes cancellations, or no partner referred the customer
     * @throws IllegalArgumentException if an id is blank
     * @throws EventRefusedException if the event could not be stored: fail the webhook, so that it is reported again
     */
    public SaleReport subscriptionEnded(String customerId, String subscriptionId, @Nullable String lastInvoiceId) {
        return sales.changed(SubscriptionChange.Kind.ENDED, customerId, subscriptionId, lastInvoiceId);
    }

    /**
     * Returns the metadata to add to a checkout, for backends that learn about payments from the payment provider. Never
     * throws; if the outbox cannot be read, the metadata is empty.
     *
     * @param customerId the application's id of the customer, as in the lead
     */
    public CheckoutMetadata checkoutMetadata(String customerId) {
        return checkout.metadata(customerId);
    }

    /**
     * Returns the metadata to add to the checkout of a visitor who buys before signing up. Never throws.
     *
     * @param attribution one of {@link #attributions}
     * @param customerId the id that the customer will have
     */
    public CheckoutMetadata checkoutMetadata(Attribution attribution, String customerId) {
        return checkout.metadata(attribution, customerId);
    }

    /**
     * Attributes a customer to another partner by hand, and keeps the correction as history. The partners' touches of the
     * customer's journey no longer count, and a touch {@linkplain Touch.Origin#BY_HAND by hand} does. The customer is reported as
     * a lead of the new partner; for a backend that has a lead of the customer it is a duplicate, because no vendor documents a
     * call that moves a customer. From now on, sales are reported only to the new partner's backend. No
     * {@linkplain io.reftrail.policy.LeadPolicy policy} is asked.
     *
     * @param customerId the application's id of the customer
     * @param attribution the new partner's backend, and its click id or {@linkplain Attribution#CODE code}
     * @param reason why, 1 to 200 characters
     * @param actor who decides it, 1 to 200 characters
     * @return the status of the lead at the backend; empty if it is not active
     * @throws IllegalArgumentException if the reason or the actor is blank or too long
     * @throws IllegalStateException if attribution is not {@linkplain ReftrailBuilder#touches enabled}
     * @throws OutboxException if it cannot be stored; nothing is reported then
     */
    public LeadReport reattribute(String customerId, Attribution attribution, String reason, String actor) {
        Journeys enabled = requireJourneys();
        Instant now = enabled.now();
        Partner partner = new Partner(attribution.backend(), attribution.detail(Attribution.CODE));
        Touch touch = Touch.ofPartner(now, Touch.Origin.BY_HAND, partner);
        enabled.correct(customerId, new Correction(now, partner, reason, actor), touch);
        return backends().contains(attribution.backend())
                ? leads.lead(attribution, LeadRequest.of(Customer.of(customerId)), true)
                : LeadReport.NONE;
    }

    /**
     * Removes the partner of a customer by hand, and keeps the correction as history. The partners' touches of the customer's
     * journey no longer count, and from now on, sales are reported to no backend. Vendors keep what they have received, because
     * none documents a call that takes a customer from a partner.
     *
     * @param customerId the application's id of the customer
     * @param reason why, 1 to 200 characters
     * @param actor who decides it, 1 to 200 characters
     * @throws IllegalArgumentException if the reason or the actor is blank or too long
     * @throws IllegalStateException if attribution is not {@linkplain ReftrailBuilder#touches enabled}
     * @throws OutboxException if it cannot be stored
     */
    public void unattribute(String customerId, String reason, String actor) {
        Journeys enabled = requireJourneys();
        enabled.correct(customerId, new Correction(enabled.now(), null, reason, actor), null);
    }

    private Journeys requireJourneys() {
        if (journeys == null) {
            throw new IllegalStateException("attribution is not enabled");
        }
        return journeys;
    }

    /**
     * Returns all that is stored about a customer as JSON, for a person who asks for it (GDPR, article 15): the rows by the names
     * of their tables. If nothing is stored, the object has only the id. What vendors have received is not included.
     *
     * @param customerId the application's id of the customer, as it was reported
     * @throws OutboxException if the outbox cannot be reached
     */
    public String export(String customerId) {
        Map<String, Object> exported = new LinkedHashMap<>();
        exported.put("customer", customerId);
        outbox.stored(customerId).forEach((table, rows) -> {
            List<Map<String, @Nullable Object>> parsed = new ArrayList<>();
            for (Map<String, @Nullable Object> row : rows) {
                Map<String, @Nullable Object> columns = new LinkedHashMap<>(row);
                columns.replaceAll(Reftrail::parsed);
                parsed.add(columns);
            }
            exported.put(table, parsed);
        });
        return JSON.writeValueAsString(exported);
    }

    /** Returns JSON in place of the columns that hold JSON as a text. */
    private static @Nullable Object parsed(String column, @Nullable Object value) {
        boolean json = value instanceof String text && text.startsWith("{") && JSON_COLUMNS.contains(column);
        return json ? JSON.readTree((String) value) : value;
    }

    /**
     * Erases what is stored about a customer: waiting, withheld and dead events, the keys of settled events, the first sign-in,
     * recent sign-ups, the record of the payer, the journey, and referrals on either side. Vendors keep what they have received.
     *
     * @param customerId the application's id of the customer, as it was reported
     * @return the number of erased entries
     * @throws OutboxException if the outbox cannot be reached
     */
    public int forget(String customerId) {
        firstSignIns.forget(customerId);
        int erased = outbox.forget(customerId);
        clicks.forgetResults(); // of all visitors: a result has no customer's id
        return erased;
    }

    /**
     * Sends the events that are due and waits for calls in flight, within the shutdown timeout, and closes the outbox. If the
     * database is unreachable, closing the outbox takes 2 s at most.
     */
    @Override
    public void close() {
        closeSafely(background::close);
        if (referrals != null) {
            closeSafely(referrals::close);
        }
        closeSafely(dispatcher::close);
        closeSafely(transport::close);
        if (monitoring != null) {
            closeSafely(monitoring::close);
        }
        closeSafely(() -> new OutboxCloser(this::reportWhatIsLeft, outbox::close).run());
    }

    private void reportWhatIsLeft() {
        long left = backends().stream().mapToLong(outbox::depth).sum();
        if (left > 0) {
            logger.warn("{} events are left in the outbox at shutdown", left);
        }
    }

    static void closeSafely(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException failure) {
            logger.warn("Could not close a part of Reftrail", RedactedFailure.of(failure));
        }
    }
}
