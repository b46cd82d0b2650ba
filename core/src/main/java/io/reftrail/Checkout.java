package io.reftrail;

import io.reftrail.backend.CheckoutMetadata;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.Event;
import io.reftrail.model.RedactedFailure;
import io.reftrail.outbox.LedgerEntry;
import io.reftrail.outbox.Outbox;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The metadata of checkouts, for vendors that learn of payments from the payment provider. Never throws. */
final class Checkout {

    private static final Logger logger = LoggerFactory.getLogger(Reftrail.class);

    private final List<TrackingBackend> backends;
    private final Outbox outbox;

    Checkout(List<TrackingBackend> backends, Outbox outbox) {
        this.backends = backends;
        this.outbox = outbox;
    }

    /**
     * Returns the metadata for the click that the customer's lead is attributed to. While that lead is withheld, no vendor's
     * metadata is in it.
     */
    CheckoutMetadata metadata(String customerId) {
        CheckoutMetadata all = customer(customerId);
        for (TrackingBackend backend : backends) {
            all = all.and(metadata(backend, customerId, () -> attribution(backend, customerId)));
        }
        return all;
    }

    CheckoutMetadata metadata(Attribution attribution, String customerId) {
        return backends.stream()
                .filter(backend -> backend.name().equals(attribution.backend()))
                .map(backend -> metadata(backend, customerId, () -> attribution))
                .findFirst()
                .orElse(CheckoutMetadata.NONE)
                .and(customer(customerId));
    }

    /**
     * Returns the customer's id, by which a payment provider's webhook finds the customer. Needed only if Reftrail reports
     * payments.
     */
    private CheckoutMetadata customer(String customerId) {
        return backends.stream().anyMatch(backend -> backend.reports().contains(Event.Type.SALE))
                ? new CheckoutMetadata(Map.of(CheckoutMetadata.CUSTOMER, customerId), null)
                : CheckoutMetadata.NONE;
    }

    private @Nullable Attribution attribution(TrackingBackend backend, String customerId) {
        LedgerEntry lead = outbox.find(backend.name(), backend.leadEventName(), customerId);
        return lead == null || lead.withheld() != null ? null : lead.attribution();
    }

    private CheckoutMetadata metadata(
            TrackingBackend backend, String customerId, Supplier<@Nullable Attribution> credited) {
        try {
            Attribution attribution = credited.get();
            Attribution known = attribution == null ? null : exchanged(attribution);
            return known == null ? CheckoutMetadata.NONE : backend.checkoutMetadata(known, customerId);
        } catch (RuntimeException failure) {
            logger.warn(
                    "Could not read the checkout metadata for {}; the checkout proceeds without it",
                    backend.name(),
                    RedactedFailure.of(failure));
            return CheckoutMetadata.NONE;
        }
    }

    /** Returns the attribution with its click id. A waiting lead may not have it yet, but its click may. */
    private @Nullable Attribution exchanged(Attribution attribution) {
        if (attribution.clickKey() != null) {
            LedgerEntry click = outbox.find(Click.deduplicationKey(attribution.backend(), attribution.clickKey()));
            if (click != null && click.verdict() != null && !click.attribution().awaitsClickId()) {
                return click.attribution();
            }
        }
        return attribution.awaitsClickId() ? null : attribution;
    }
}
