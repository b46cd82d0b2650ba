package io.reftrail.samples.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The funnel over time, as {@code GET /sandbox/series} shows it: one bucket after another without a gap, the last one
 * still filling. A bucket begins at a whole multiple of its length, so a chart that is drawn again and again stands still.
 */
record Series(Duration bucket, List<Bucket> buckets) {

    /** What was counted from {@code at} until the next bucket. */
    record Bucket(Instant at, long clicks, long leads, long sales) {}

    /** Which buckets to count, ending with the one that {@code now} lies in. */
    record Span(Duration bucket, int buckets, Instant now) {

        private static final Duration SHORTEST = Duration.ofSeconds(1);
        private static final Duration LONGEST = Duration.ofDays(366);
        private static final int MOST = 1000;

        boolean makesSense() {
            return bucket.compareTo(SHORTEST) >= 0 && bucket.compareTo(LONGEST) <= 0 && buckets >= 1 && buckets <= MOST;
        }

        Instant start(int bucketNumber) {
            long length = bucket.toMillis();
            long current = Math.floorDiv(now.toEpochMilli(), length);
            return Instant.ofEpochMilli((current - buckets + 1 + bucketNumber) * length);
        }
    }
}
