package io.reftrail.samples.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The numbers over time behind the chart of the page. An empty filter is no filter. */
@RestController
class Statistics {

    private final SeriesQuery series;

    Statistics(SeriesQuery series) {
        this.series = series;
    }

    @GetMapping("/sandbox/series")
    Series series(
            @RequestParam(defaultValue = "PT1M") Duration bucket,
            @RequestParam(defaultValue = "30") int buckets,
            @RequestParam(required = false) @Nullable String vendor,
            @RequestParam(required = false) @Nullable String partner) {
        Series.Span span = new Series.Span(bucket, buckets, Instant.now());
        if (!span.makesSense()) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        return this.series.run(span, nullIfEmpty(vendor), nullIfEmpty(partner));
    }

    private static @Nullable String nullIfEmpty(@Nullable String filter) {
        return filter == null || filter.isEmpty() ? null : filter;
    }

    /**
     * The number of clicks, leads and sales, as {@code GET /sandbox/funnel} shows them for each vendor and for each partner
     * of a vendor that has any.
     */
    record Funnel(List<VendorRow> vendors, List<PartnerRow> partners) {

        record VendorRow(String vendor, long clicks, long leads, long sales) {

            static VendorRow sum(String vendor, List<PartnerRow> partners) {
                List<PartnerRow> own = partners.stream()
                        .filter(row -> row.vendor().equals(vendor))
                        .toList();
                return new VendorRow(
                        vendor,
                        own.stream().mapToLong(PartnerRow::clicks).sum(),
                        own.stream().mapToLong(PartnerRow::leads).sum(),
                        own.stream().mapToLong(PartnerRow::sales).sum());
            }
        }

        record PartnerRow(String vendor, String partner, long clicks, long leads, long sales) {}
    }

    /** Counts the funnel from what the ledger has on record. */
    @Component
    static final class FunnelQuery {

        private final JdbcClient jdbc;
        private final List<Dialect> dialects;

        FunnelQuery(JdbcClient jdbc, List<Dialect> dialects) {
            this.jdbc = jdbc;
            this.dialects = dialects;
        }

        Funnel run() {
            List<Funnel.PartnerRow> partners = jdbc.sql("""
                            select vendor, partner,
                                   count(*) filter (where stage = 'CLICK') as clicks,
                                   count(*) filter (where stage = 'LEAD') as leads,
                                   count(*) filter (where stage = 'SALE') as sales
                            from (select vendor, partner, 'CLICK' as stage from clicks
                                  union all
                                  select vendor, partner, kind from conversions)
                            group by vendor, partner
                            order by vendor, partner
                            """)
                    .query((row, n) -> new Funnel.PartnerRow(
                            row.getString("vendor"),
                            row.getString("partner"),
                            row.getLong("clicks"),
                            row.getLong("leads"),
                            row.getLong("sales")))
                    .list();
            return new Funnel(
                    dialects.stream()
                            .map(dialect -> Funnel.VendorRow.sum(dialect.name(), partners))
                            .toList(),
                    partners);
        }
    }

    /**
     * The funnel over time, as {@code GET /sandbox/series} shows it: one bucket after another without a gap, the last one
     * still filling. A bucket begins at a whole multiple of its length, so a chart that is drawn again and again stands
     * still.
     */
    record Series(Duration bucket, List<Bucket> buckets) {

        /** The counts from {@code at} until the next bucket. */
        record Bucket(Instant at, long clicks, long leads, long sales) {}

        /** Which buckets to count, ending with the one that {@code now} lies in. */
        record Span(Duration bucket, int buckets, Instant now) {

            private static final Duration SHORTEST = Duration.ofSeconds(1);
            private static final Duration LONGEST = Duration.ofDays(366);
            private static final int MOST = 1000;

            boolean makesSense() {
                return bucket.compareTo(SHORTEST) >= 0
                        && bucket.compareTo(LONGEST) <= 0
                        && buckets >= 1
                        && buckets <= MOST;
            }

            Instant start(int bucketNumber) {
                long length = bucket.toMillis();
                long current = Math.floorDiv(now.toEpochMilli(), length);
                return Instant.ofEpochMilli((current - buckets + 1 + bucketNumber) * length);
            }
        }
    }

    /** Counts clicks, leads and sales for each bucket of time, of everybody or of one vendor, one partner, or both. */
    @Component
    static final class SeriesQuery {

        private final JdbcClient jdbc;

        SeriesQuery(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        Series run(Series.Span span, @Nullable String vendor, @Nullable String partner) {
            Map<Integer, Series.Bucket> counted = jdbc
                    .sql("""
                            select datediff('millisecond', :start, at) / :length as bucket,
                                   count(*) filter (where stage = 'CLICK') as clicks,
                                   count(*) filter (where stage = 'LEAD') as leads,
                                   count(*) filter (where stage = 'SALE') as sales
                            from (select vendor, partner, at, 'CLICK' as stage from clicks
                                  union all
                                  select vendor, partner, at, kind from conversions)
                            where at >= :start and at < :end
                              and (:vendor is null or vendor = :vendor)
                              and (:partner is null or partner = :partner)
                            group by bucket
                            """)
                    .param("start", span.start(0))
                    .param("end", span.start(span.buckets()))
                    .param("length", span.bucket().toMillis())
                    .param("vendor", vendor)
                    .param("partner", partner)
                    .query((row, n) -> Map.entry(
                            row.getInt("bucket"),
                            new Series.Bucket(
                                    span.start(row.getInt("bucket")),
                                    row.getLong("clicks"),
                                    row.getLong("leads"),
                                    row.getLong("sales"))))
                    .list()
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            return new Series(
                    span.bucket(),
                    IntStream.range(0, span.buckets())
                            .mapToObj(number -> counted.getOrDefault(number, nothing(span.start(number))))
                            .toList());
        }

        private static Series.Bucket nothing(Instant at) {
            return new Series.Bucket(at, 0, 0, 0);
        }
    }
}
