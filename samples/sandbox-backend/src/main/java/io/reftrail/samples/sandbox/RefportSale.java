package io.reftrail.samples.sandbox;

import org.jspecify.annotations.Nullable;

/** A sale as Refport shows it, docs/contracts/refport.md section 3.2; both amounts in the smallest unit. */
record RefportSale(
        String id,
        long amount,
        String currency,
        long commissionAmount,
        String status,
        @Nullable String invoiceId,
        String paymentProcessor) {}
