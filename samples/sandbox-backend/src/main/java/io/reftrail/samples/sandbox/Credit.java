package io.reftrail.samples.sandbox;

import org.jspecify.annotations.Nullable;

/** What a vendor made of a payment that it learned from the payment provider. */
record Credit(
        String vendor,
        Verdict verdict,
        String reason,
        @Nullable String partner) {}
