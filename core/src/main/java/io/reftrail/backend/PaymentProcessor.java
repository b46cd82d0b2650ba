package io.reftrail.backend;

import io.reftrail.model.Payment;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says who took the money in a word that the vendor knows: another one would make it refuse the sale. */
final class PaymentProcessor {

    private static final String ANY_OTHER = "custom";

    private PaymentProcessor() {}

    /** Returns the vendor's word, or {@code null} if the application has not said who it was. */
    static @Nullable String among(Set<String> known, Payment payment) {
        if (payment.processor() == null || payment.processor().isBlank()) {
            return null;
        }
        String processor = payment.processor().toLowerCase(Locale.ROOT);
        return known.contains(processor) ? processor : ANY_OTHER;
    }
}
