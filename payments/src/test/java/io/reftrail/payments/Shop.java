package io.reftrail.payments;

import io.reftrail.PaymentReason;
import io.reftrail.Reftrail;
import io.reftrail.backend.HttpCall;
import io.reftrail.backend.HttpReply;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.backend.affonso.AffonsoBackend;
import io.reftrail.backend.declared.BackendDeclaration;
import io.reftrail.delivery.DeliverySettings;
import io.reftrail.delivery.HttpTransport;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.Decision;
import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.model.Money;
import io.reftrail.model.Refund;
import io.reftrail.model.Sale;
import io.reftrail.model.SubscriptionChange;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.Outbox.Enqueued;
import io.reftrail.outbox.UnitOfWork;
import io.reftrail.outbox.memory.InMemoryOutbox;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A shop with Stripe's webhook and one vendor, which notes what is stored for the vendor. */
final class Shop implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");

    /** The vendor is away, so waiting for it at the end would tell nothing. */
    private static final DeliverySettings CLOSING_AT_ONCE =
            new DeliverySettings(Duration.ofSeconds(2), Duration.ofSeconds(10), 8, Duration.ZERO);

    /** Nora's coupons, at Stripe and at Paddle. */
    private static final Set<String> COUPONS = Set.of("promo_nora", "dsc_nora");

    private final String vendor;
    final Reftrail reftrail;
    final StripePayments stripe;
    final ConcurrentLinkedQueue<Event> stored = new ConcurrentLinkedQueue<>();

    Shop() {
        this(new InMemoryOutbox(1_000_000, Clock.systemUTC()), UnitOfWork.NONE, settings());
    }

    Shop(Outbox outbox, UnitOfWork unitOfWork, StripePayments.Settings settings) {
        this(AffonsoBackend.of("sk_affonso", "program"), outbox, unitOfWork, settings);
    }

    /** A shop with FirstPromoter, which documents a call for the end of a subscription. */
    static Shop withFirstPromoter() {
        return new Shop(
                BackendDeclaration.shipped("firstpromoter").backend(Map.of("api-key", "fp", "account-id", "acc")),
                new InMemoryOutbox(1_000_000, Clock.systemUTC()),
                UnitOfWork.NONE,
                settings());
    }

    private Shop(TrackingBackend backend, Outbox outbox, UnitOfWork unitOfWork, StripePayments.Settings settings) {
        this.vendor = backend.name();
        this.reftrail = Reftrail.builder()
                .backend(backend)
                .referralCodes(coupon -> COUPONS.contains(coupon) ? Attribution.ofCode("affonso", "nora") : null)
                .outbox(noting(outbox))
                .unitOfWork(unitOfWork)
                .transport(new Away())
                .delivery(CLOSING_AT_ONCE)
                .build();
        this.stripe = new StripePayments(reftrail, settings, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    static StripePayments.Settings settings() {
        return StripePayments.Settings.of(StripeAccount.SECRET).forTestMode();
    }

    /** A network that is away: what is delivered is another test's. */
    private static final class Away implements HttpTransport {
        @Override
        public HttpReply send(HttpCall call) throws IOException {
            throw new IOException("away");
        }

        @Override
        public void close() {}
    }

    private Outbox noting(Outbox outbox) {
        return (Outbox) Proxy.newProxyInstance(
                Outbox.class.getClassLoader(), new Class<?>[] {Outbox.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(outbox, arguments);
                        if (result == Enqueued.ACCEPTED) {
                            stored.add((Event) arguments[0]);
                        }
                        return result;
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }

    /** A visitor from a partner's link signs up. */
    Shop signUp(String customerId) {
        reftrail.lead(
                new Attribution(vendor, "click-of-" + customerId, NOW.minusSeconds(3600)), Customer.of(customerId));
        return this;
    }

    PaymentReason accept(String payload) {
        return stripe.accept(payload, StripeAccount.sign(payload, StripeAccount.SECRET, NOW));
    }

    void acceptAll(List<String> payloads) {
        payloads.forEach(this::accept);
    }

    List<Lead> leads() {
        return events(Lead.class);
    }

    List<Sale> sales() {
        return events(Sale.class);
    }

    List<Refund> refunds() {
        return events(Refund.class);
    }

    List<SubscriptionChange> changes() {
        return events(SubscriptionChange.class);
    }

    private <E extends Event> List<E> events(Class<E> kind) {
        return stored.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Returns what was reported to the vendor of a customer's money: sales less refunds, in minor units. */
    long money(String customerId) {
        Map<String, Money> sales = new java.util.HashMap<>();
        long sum = 0;
        for (Sale sale : sales()) {
            if (sale.customerId().equals(customerId)) {
                sales.put(sale.payment().invoiceId(), sale.payment().amount());
                sum += sale.payment().amount().minorUnits();
            }
        }
        for (Refund refund : refunds()) {
            if (refund.customerId().equals(customerId)) {
                Money of = sales.get(refund.invoiceId());
                @Nullable Money amount = refund.amount() == null ? of : refund.amount();
                sum -= amount == null ? Long.MAX_VALUE / 2 : amount.minorUnits();
            }
        }
        return sum;
    }

    /** Returns what was decided about deliveries, the newest first. */
    List<String> decisions() {
        return reftrail.operations().recentDecisions().stream()
                .filter(decision -> decision.stage() == Decision.Stage.PAYMENT)
                .map(Decision::reason)
                .toList();
    }

    @Override
    public void close() {
        reftrail.close();
    }

    static void await(java.util.concurrent.Future<?> future) throws Exception {
        future.get(60, TimeUnit.SECONDS);
    }
}
