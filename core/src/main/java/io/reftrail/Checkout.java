package io.reftrail;

import io.reftrail.backend.CheckoutMetadata;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.RedactedFailure;
import io.reftrail.outbox.LedgerEntry;
import io.reftrail.outbox.Outbox;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what a checkout has to carry for vendors who hear of payments from the payment provider. Never throws. */
final class Checkout {

    private static final Logger logger = LoggerFactory.getLogger(Checkout.class);

    private final List<TrackingBackend> backends;
    private final Outbox outbox;

    Checkout(List<TrackingBackend> backends, Outbox outbox) {
        this.backends = backends;
        this.outbox = outbox;
    }

    /** From the ledger: what the customer's lead was credited to. */
    CheckoutMetadata metadata(String customerId) {
        CheckoutMetadata all = CheckoutMetadata.NONE;
        for (TrackingBackend backend : backends) {
            try {
                LedgerEntry lead = outbox.find(backend.name(), backend.leadEventName(), customerId);
                if (lead != null) {
                    all = all.and(metadata(backend, exchanged(lead.attribution()), customerId));
                }
            } catch (RuntimeException failure) {
                logger.warn("A checkout goes without the metadata of {}", backend.name(), RedactedFailure.of(failure));
            }
        }
        return all;
    }

    CheckoutMetadata metadata(Attribution attribution, String customerId) {
        CheckoutMetadata all = CheckoutMetadata.NONE;
        for (TrackingBackend backend : backends) {
            if (backend.name().equals(attribution.backend())) {
                try {
                    all = metadata(backend, exchanged(attribution), customerId);
                } catch (RuntimeException failure) {
                    logger.warn(
                            "A checkout goes without the metadata of {}", backend.name(), RedactedFailure.of(failure));
                }
            }
        }
        return all;
    }

    private static CheckoutMetadata metadata(
            TrackingBackend backend, @Nullable Attribution attribution, String customerId) {
        return attribution == null ? CheckoutMetadata.NONE : backend.checkoutMetadata(attribution, customerId);
    }

    /** A lead that waits may not know yet what its click was exchanged for. */
    private @Nullable Attribution exchanged(Attribution attribution) {
        if (attribution.clickKey() != null) {
            LedgerEntry click = outbox.find(Click.deduplicationKey(attribution.backend(), attribution.clickKey()));
            if (click != null && click.verdict() != null && !click.attribution().isPending()) {
                return click.attribution();
            }
        }
        return attribution.isPending() ? null : attribution;
    }
}
