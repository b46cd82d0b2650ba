package io.reftrail.backend.internal;

import io.reftrail.model.Payment;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names of payment processors in the words of a vendor, which refuses a sale with any other word. */
public final class PaymentProcessor {

    private static final String ANY_OTHER = "custom";

    private PaymentProcessor() {}

    /**
     * Returns the vendor's word, which is {@code custom} for a processor that it does not list, or {@code null} if the
     * application has not named one.
     */
    public static @Nullable String among(Set<String> known, Payment payment) {
        if (payment.processor() == null || payment.processor().isBlank()) {
            return null;
        }
        String processor = payment.processor().toLowerCase(Locale.ROOT);
        return known.contains(processor) ? processor : ANY_OTHER;
    }
}
