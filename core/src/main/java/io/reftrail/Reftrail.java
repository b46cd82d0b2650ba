package io.reftrail;

import io.reftrail.backend.CheckoutMetadata;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.capture.CapturedQuery.CapturedClick;
import io.reftrail.capture.CookieExchange;
import io.reftrail.capture.ReferralCapture;
import io.reftrail.capture.Visit;
import io.reftrail.delivery.Dispatcher;
import io.reftrail.delivery.HttpTransport;
import io.reftrail.delivery.QueueStatus;
import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.Customer;
import io.reftrail.model.Money;
import io.reftrail.model.Payment;
import io.reftrail.model.RedactedFailure;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.OutboxException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entrance for applications: knows the active backends, recognises clicks, and reports customers as leads. One
 * instance serves an application; it is safe for use by many threads. No request is failed from here: what goes
 * wrong is logged, and the visitor's cookie stays for the next try.
 */
public final class Reftrail implements AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(Reftrail.class);

    private final List<TrackingBackend> backends;
    private final ReferralCapture capture;
    private final VisitorLeads visitors;
    private final KnownCustomers known;
    private final ServedExchange served = new ServedExchange();
    private final ClickDesk clicks;
    private final LeadIntake leads;
    private final LeadConfirmation confirmation;
    private final SaleIntake sales;
    private final Checkout checkout;
    private final Background background;
    private final Outbox outbox;
    private final Dispatcher dispatcher;
    private final HttpTransport transport;
    private final List<TrackingBackend> exchanging;

    Reftrail(ReftrailParts parts) {
        this.backends = parts.backends();
        this.capture = parts.capture();
        this.visitors = parts.visitors();
        this.known = parts.known();
        this.clicks = parts.clicks();
        this.leads = parts.leads();
        this.confirmation = parts.confirmation();
        this.sales = parts.sales();
        this.checkout = parts.checkout();
        this.background = parts.background();
        this.outbox = parts.outbox();
        this.dispatcher = parts.dispatcher();
        this.transport = parts.transport();
        this.exchanging = backends.stream()
                .filter(backend -> !ClickDesk.exchanging(backend).isEmpty())
                .toList();
    }

    /** Returns a builder with an in-memory outbox, no backend, and the defaults of {@code docs/configuration.md}. */
    public static ReftrailBuilder builder() {
        return new ReftrailBuilder();
    }

    /** The names of the active backends. */
    public List<String> backends() {
        return backends.stream().map(TrackingBackend::name).toList();
    }

    /** What recognises clicks, for filters. */
    public ReferralCapture capture() {
        return capture;
    }

    /** Where events wait, for operators. */
    public Outbox outbox() {
        return outbox;
    }

    /**
     * Begins to deliver what a durable outbox holds from before. The starter and the servlet filter call it when the
     * application is ready; without it, delivery begins with the first event. May be called more than once.
     */
    public void start() {
        dispatcher.start();
    }

    /**
     * Whether everything that requests have left to be done without waiting for it is done: clicks are in the outbox, first
     * sign-ins in the ledger. For tests, which have to know when there is nothing more to come; what is in the outbox may
     * still wait for its backend.
     */
    public boolean isIdle() {
        return background.isIdle();
    }

    /** How each backend's queue stands in this process, for operators. */
    public List<QueueStatus> queues() {
        return dispatcher.status();
    }

    /**
     * Ends the pause of a backend's queue, for operators who have mended its cause: one event is sent as a probe.
     *
     * @return whether there is such a backend
     */
    public boolean resume(String backend) {
        return dispatcher.resume(backend);
    }

    /**
     * Keeps a click in the visitor's cookies, and reports it where its backend wants to be told. To be called by filters for
     * each click that {@link #capture()} has read. Waits for nothing and never throws.
     *
     * @param visit the landing
     */
    public void land(CapturedClick click, CookieExchange exchange, Visit visit) {
        try {
            Click reported = capture.store(click, clicks.exchangedBefore(click.rule(), exchange), exchange, visit);
            if (reported != null) {
                backends.stream()
                        .filter(backend -> backend.name().equals(reported.backend()))
                        .findFirst()
                        .ifPresent(backend -> clicks.take(backend, reported));
            }
        } catch (RuntimeException failure) {
            logger.warn("A click could not be kept", RedactedFailure.of(failure));
        }
    }

    /** Whether clicks of an active backend are exchanged, so that {@link #handOver} has something to do now and then. */
    public boolean exchangesClicks() {
        return !exchanging.isEmpty();
    }

    /**
     * Gives the browser the click ids that its clicks were exchanged for since it last asked. To be called by filters on
     * requests whose cookies {@linkplain ReferralCapture#mayHoldClick may hold a click}. Waits for nothing and never throws.
     */
    public void handOver(CookieExchange exchange) {
        try {
            exchanging.forEach(backend -> clicks.handOver(backend, exchange));
        } catch (RuntimeException failure) {
            logger.warn("A click id could not be handed over", RedactedFailure.of(failure));
        }
    }

    /**
     * Takes back the clicks that a visitor's browser keeps: expires those of their cookies that the request carries, the vendors'
     * and ours, and lets nobody report them in this request. To be called when a visitor withdraws consent, before the response
     * is committed. What has been handed to a backend, or is on its way, is not recalled. Never throws.
     */
    public void forgetClick(CookieExchange exchange) {
        visitors.forget(exchange);
    }

    /** Returns the attributions that a request carries and that nobody has reported in it, at most one for each backend. */
    public List<Attribution> attributions(CookieExchange exchange) {
        return visitors.attributions(exchange);
    }

    /**
     * Reports a new customer to each backend whose click the request carries, and expires its cookie once the lead is
     * safe. Waits for the outbox at most, never for a network. To be called when a customer has signed up.
     *
     * @return what became of it, by backend; empty if no partner has brought the customer
     */
    public Map<String, LeadStatus> lead(CookieExchange exchange, Customer customer) {
        return lead(exchange, LeadRequest.of(customer));
    }

    /**
     * As {@link #lead(CookieExchange, Customer)}, with more of the lead.
     *
     * @return what became of it, by backend; empty if no partner has brought the customer
     */
    public Map<String, LeadStatus> lead(CookieExchange exchange, LeadRequest request) {
        return visitors.lead(exchange, request);
    }

    /**
     * Tells that a customer has signed in, by whatever means. By the {@linkplain LeadSettings#trigger() trigger} the customer
     * is a lead if a partner's click is at hand and nothing shows that they are older than the click: neither
     * {@link Customer#createdAt()} nor, where that is unknown, the ledger, which remembers each customer's first sign-in.
     * Waits for the outbox at most, and never throws.
     *
     * @return what became of the lead, by backend; empty if no partner has brought the customer
     */
    public Map<String, LeadStatus> signIn(CookieExchange exchange, Customer customer) {
        return visitors.signIn(exchange, customer);
    }

    /** As {@link #signIn(CookieExchange, Customer)} where no request is at hand: there is no lead, but a first sign-in. */
    public void signIn(Customer customer) {
        visitors.meet(customer, List.of());
    }

    /** Whether {@link #signIn(CookieExchange, Customer)} has anything to do. */
    public boolean reportsSignIns() {
        return visitors.reportsSignIns();
    }

    /**
     * Remembers customers who are there already, so that none of them becomes a lead by following a partner's link. To be
     * called once, when Reftrail is added to an application that has customers.
     *
     * @param existing is read once and not kept; customers without {@link Customer#createdAt()} count as older than any click
     * @return how many were given
     * @throws OutboxException if the outbox cannot be reached; it can be called again
     */
    public long seed(Stream<Customer> existing) {
        return known.seed(existing);
    }

    /**
     * Says which exchange this thread serves, until the returned object is closed, for those who cannot be handed one: see
     * {@link #exchange()}. To be called by filters where an attribution may be at hand.
     */
    public Serving serve(CookieExchange exchange) {
        return served.serve(exchange);
    }

    /** That a thread {@linkplain #serve serves} an exchange. To be closed on that thread, the last one first. */
    @FunctionalInterface
    public interface Serving extends AutoCloseable {

        /** Never throws. */
        @Override
        void close();
    }

    /** Returns the exchange that this thread {@linkplain #serve serves}, or {@code null}. */
    public @Nullable CookieExchange exchange() {
        return served.current();
    }

    /**
     * Reports a new customer with an attribution that the application has kept itself. Expires no cookie.
     *
     * @return what became of it; {@link LeadStatus#REFUSED} too if the attribution's backend is not active
     */
    public LeadStatus lead(Attribution attribution, Customer customer) {
        return lead(attribution, LeadRequest.of(customer));
    }

    /**
     * As {@link #lead(Attribution, Customer)}, with more of the lead.
     *
     * @return what became of it; {@link LeadStatus#REFUSED} too if the attribution's backend is not active
     */
    public LeadStatus lead(Attribution attribution, LeadRequest request) {
        for (TrackingBackend backend : backends) {
            if (backend.name().equals(attribution.backend())) {
                Instant createdAt = request.customer().createdAt();
                LeadStatus status = leads.take(backend, attribution, request, createdAt, null, () -> {});
                visitors.meet(request.customer(), List.of(status));
                return status;
            }
        }
        logger.warn("A lead was refused: the backend of its attribution is not active");
        return LeadStatus.REFUSED;
    }

    /**
     * Confirms the lead of a customer at each backend that took it as deferred, for instance when the customer has verified
     * an address or begun to use the product.
     *
     * @return what became of it, by backend; empty if no partner has brought the customer, or no backend defers leads
     */
    public Map<String, LeadStatus> confirm(Customer customer) {
        return confirmation.confirm(customer);
    }

    /**
     * Reports what a customer has paid to each backend that was told of the customer's lead and takes sales, however long
     * ago that was. To be called when the money has come, for instance in the payment provider's webhook.
     *
     * @param customerId the application's id of the customer, as it was reported with the lead
     * @param amount in major units, for example 29.00
     * @param currency the ISO 4217 code
     * @param invoiceId what makes the payment unique; a payment that is reported again under the same id counts once
     * @return what became of it, by backend; empty if no partner has brought the customer
     * @throws IllegalArgumentException if an id is blank, or there is no such amount in the currency
     */
    public Map<String, SaleStatus> sale(String customerId, BigDecimal amount, String currency, String invoiceId) {
        return sale(Payment.of(customerId, invoiceId, Money.of(amount, currency)));
    }

    /**
     * As {@link #sale(String, BigDecimal, String, String)}, with more of the payment.
     *
     * @return what became of it, by backend; empty if no partner has brought the customer
     */
    public Map<String, SaleStatus> sale(Payment payment) {
        return sales.sale(payment);
    }

    /**
     * Reports that a customer was given money back, to each backend that takes refunds.
     *
     * @return what became of it, by backend; empty if no partner has brought the customer
     */
    public Map<String, SaleStatus> refund(RefundRequest refund) {
        return sales.refund(refund);
    }

    /**
     * Returns what a checkout has to carry so that vendors who hear of payments from the payment provider can credit them.
     * Reads the ledger, and never throws: a checkout goes on without.
     *
     * @param customerId the application's id of the customer, as it was reported with the lead
     */
    public CheckoutMetadata checkoutMetadata(String customerId) {
        return checkout.metadata(customerId);
    }

    /**
     * As {@link #checkoutMetadata(String)}, for somebody who buys before signing up.
     *
     * @param attribution one of {@link #attributions}
     * @param customerId the id that the customer will have
     */
    public CheckoutMetadata checkoutMetadata(Attribution attribution, String customerId) {
        return checkout.metadata(attribution, customerId);
    }

    /**
     * Erases everything that is stored about a customer: what waits for a backend, what was given up, and what keeps them
     * from being reported a second time. What backends have been told stays with them.
     *
     * @param customerId the application's id of the customer, as it was reported
     * @return how many entries were erased
     * @throws OutboxException if the outbox cannot be reached, because an erasure must not fail in silence
     */
    public int forget(String customerId) {
        int erased = outbox.forget(customerId);
        clicks.forgetResults();
        known.unmeet(customerId);
        return erased;
    }

    /**
     * Sends what is due and waits for what is in flight, both within the shutdown timeout; then closes the outbox, for which
     * it waits 2 s at most if its database is away.
     */
    @Override
    public void close() {
        closeSafely(background::close);
        closeSafely(dispatcher::close);
        closeSafely(transport::close);
        closeSafely(() -> new OutboxEnd(this::reportWhatIsLeft, outbox::close).run());
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
            logger.warn("Something could not be closed", RedactedFailure.of(failure));
        }
    }
}
