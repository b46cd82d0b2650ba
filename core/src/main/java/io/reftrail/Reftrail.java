package io.reftrail;

import io.reftrail.backend.TrackingBackend;
import io.reftrail.capture.AttributionCookies;
import io.reftrail.capture.CaptureRule;
import io.reftrail.capture.CookieExchange;
import io.reftrail.capture.ReferralCapture;
import io.reftrail.delivery.Dispatcher;
import io.reftrail.delivery.HttpTransport;
import io.reftrail.delivery.QueueStatus;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.RedactedFailure;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.OutboxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final AttributionCookies cookies;
    private final LeadIntake intake;
    private final Outbox outbox;
    private final Dispatcher dispatcher;
    private final HttpTransport transport;

    Reftrail(
            List<TrackingBackend> backends,
            ReferralCapture capture,
            AttributionCookies cookies,
            LeadIntake intake,
            Outbox outbox,
            Dispatcher dispatcher,
            HttpTransport transport) {
        this.backends = backends;
        this.capture = capture;
        this.cookies = cookies;
        this.intake = intake;
        this.outbox = outbox;
        this.dispatcher = dispatcher;
        this.transport = transport;
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

    /** Returns the attributions that a request carries and that nobody has reported in it, at most one for each backend. */
    public List<Attribution> attributions(CookieExchange exchange) {
        List<Attribution> attributions = new ArrayList<>(backends.size());
        try {
            for (TrackingBackend backend : backends) {
                Attribution attribution = attribution(backend, exchange);
                if (attribution != null) {
                    attributions.add(attribution);
                }
            }
        } catch (RuntimeException failure) {
            logger.warn("The visitor's cookies could not be read", RedactedFailure.of(failure));
        }
        return attributions;
    }

    private @Nullable Attribution attribution(TrackingBackend backend, CookieExchange exchange) {
        if (exchange.isReported(backend.name())) {
            return null;
        }
        for (CaptureRule rule : backend.captureRules()) {
            Attribution attribution = cookies.read(rule, exchange);
            if (attribution != null) {
                return attribution;
            }
        }
        return null;
    }

    /**
     * Reports a new customer to each backend whose click the request carries, and expires its cookie once the lead is
     * safe. Waits for the outbox at most, never for a network. To be called when a customer has signed up.
     *
     * @return what became of it, by backend; empty if no partner has brought the customer
     */
    public Map<String, LeadStatus> lead(CookieExchange exchange, Customer customer) {
        return lead(exchange, customer, false);
    }

    /**
     * As {@link #lead(CookieExchange, Customer)}, for callers who leave it to the backend to recognise a repetition.
     *
     * @param repeatable whether a customer who was reported before is reported again
     */
    public Map<String, LeadStatus> lead(CookieExchange exchange, Customer customer, boolean repeatable) {
        Map<String, LeadStatus> statuses = new LinkedHashMap<>();
        try {
            for (TrackingBackend backend : backends) {
                Attribution attribution = attribution(backend, exchange);
                if (attribution != null) {
                    Runnable whenSafe = () -> safe(backend, exchange, repeatable);
                    LeadStatus status = intake.take(backend, attribution, customer, repeatable, whenSafe);
                    statuses.put(backend.name(), status);
                    if (status == LeadStatus.EXISTING_CUSTOMER || (repeatable && status != LeadStatus.REFUSED)) {
                        exchange.markReported(backend.name());
                    }
                }
            }
        } catch (RuntimeException failure) {
            logger.warn(
                    "The visitor's cookies could not be read; they stay for the next try", RedactedFailure.of(failure));
        }
        return statuses;
    }

    /**
     * Reports a new customer with an attribution that the application has kept itself. Expires no cookie.
     *
     * @return what became of it; {@link LeadStatus#REFUSED} too if the attribution's backend is not active
     */
    public LeadStatus lead(Attribution attribution, Customer customer) {
        for (TrackingBackend backend : backends) {
            if (backend.name().equals(attribution.backend())) {
                return intake.take(backend, attribution, customer, false, () -> {});
            }
        }
        logger.warn("A lead was refused: no active backend is named {}", attribution.backend());
        return LeadStatus.REFUSED;
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
        return outbox.forget(customerId);
    }

    /** Not before the commit, because a transaction that is rolled back may be tried again within one request. */
    private void safe(TrackingBackend backend, CookieExchange exchange, boolean repeatable) {
        if (repeatable || !exchange.isReported(backend.name())) {
            exchange.markReported(backend.name());
            expire(backend, exchange);
        }
    }

    private void expire(TrackingBackend backend, CookieExchange exchange) {
        backend.captureRules().forEach(rule -> cookies.expire(rule, exchange));
    }

    /**
     * Sends what is due and waits for what is in flight, both within the shutdown timeout; then closes the outbox, for which
     * it waits 2 s at most if its database is away.
     */
    @Override
    public void close() {
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
