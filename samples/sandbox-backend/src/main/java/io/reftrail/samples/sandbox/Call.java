package io.reftrail.samples.sandbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the feed, as {@code GET /sandbox/calls} shows it.
 *
 * @param vendor {@code null} if no vendor has such an endpoint
 * @param status {@code null} if no status was ever sent, or not yet
 * @param email masked
 * @param emailHash SHA-256 in hexadecimal digits, {@code null} if the vendor keeps none
 * @param kind a word of {@link CallKind}, {@code null} if no vendor has such an endpoint
 * @param amount what was paid or taken back, in the smallest unit of the currency
 * @param sum the same in the currency's own decimals, for people
 */
record Call(
        long id,
        Instant at,
        @Nullable String vendor,
        String method,
        String path,
        @Nullable Integer status,
        Verdict verdict,
        String reason,
        @Nullable String partner,
        @Nullable String customer,
        @Nullable String email,
        @Nullable String emailHash,
        @Nullable String clickId,
        @Nullable String kind,
        @Nullable Long amount,
        @Nullable String currency,
        @Nullable String sum) {}
